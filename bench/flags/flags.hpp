// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/draft.hpp"
#include "nbk/core/error.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nbk::bench::flags {

/// Way in which a flag recognises a word of the command line. The C program looks for most of its flags anywhere inside
/// a word, which is where its aliases and its traps come from.
enum class Match { contains, exact };

struct Pattern {
  std::string_view text;
  Match match = Match::contains;

  bool matches(std::string_view word) const {
    return match == Match::exact ? word == text : word.find(text) != std::string_view::npos;
  }
};

/// A pattern that only the very word matches (in the C program: by comparison, or by a test of the length).
constexpr Pattern exact(std::string_view text) { return {text, Match::exact}; }

/// The heading a flag stands under in --help and in docs/cli.md.
enum class Group { crystal, structure_factors, beam, spindle, detector, output, program };

/// Weight of a message about a command line. `--strict` accepts notes only, and `--quiet` prints problems only.
enum class Severity {
  note,       ///< worth knowing
  no_effect,  ///< typed in vain: another flag or a convention decides
  problem     ///< the image may be another than the line seems to ask for
};

/// Tolerance for a value that is not wholly a number.
enum class Reading {
  tolerant,  ///< takes what it begins with, as the C program does, and remembers that
  whole      ///< refuses it
};

/// Reason of a message, where a program has to know it.
enum class Cause { any, unread_by_convention };

struct Message {
  Severity severity = Severity::note;
  std::string text;
  Cause cause = Cause::any;
};

/// The values that follow a flag. The C program's flags are read as it reads them.
class Values {
 public:
  Values(std::string_view flag, std::span<const std::string> words, std::vector<Message>& messages, Reading reading)
      : m_flag(flag), m_words(words), m_messages(messages), m_reading(reading) {}

  std::string_view flag() const { return m_flag; }

  std::size_t size() const { return m_words.size(); }
  const std::string& text(std::size_t i) const { return m_words[i]; }
  /// Returns the name of a file. \throws InvalidInput  it is empty
  const std::string& file(std::size_t i) const;
  /// Adds a remark about a value.
  void remark(Severity severity, const std::string& text) { m_messages.push_back({severity, text}); }

  /// Returns the leading number of a value, 0 where there is none.
  /// \throws InvalidInput  it is infinite or NaN, or not wholly a number where it has to be
  double number(std::size_t i);

  /// Returns the leading integer of a value, 0 where there is none.
  /// \throws InvalidInput  it is not wholly an integer of 32 bits where it has to be
  int integer(std::size_t i);

 private:
  void complain(std::size_t i, std::string_view kind, const std::string& taken);

  std::string_view m_flag;
  std::span<const std::string> m_words;
  std::vector<Message>& m_messages;
  Reading m_reading;
};

/// One row of the table from which the parser, --help and docs/cli.md come.
struct Flag {
  std::vector<std::string_view> names;  ///< the documented spellings, the usual one first
  std::vector<Pattern> patterns{};      ///< that are recognised; none: every name, anywhere in a word
  int values = 0;                       ///< number of values that follow
  std::string_view unit{};              ///< of the values, as --help shows them
  std::string_view fallback{};          ///< value that holds when the flag is not given
  std::string_view help{};
  std::string_view sets{};  ///< the field it ends up in
  Group group = Group::crystal;
  void (*apply)(Draft&, Values&) = nullptr;
  /// Number of words after the flag that are its values, for flags with a variable number; nothing: too few.
  std::optional<int> (*count)(std::span<const std::string> rest) = nullptr;
  bool last_word_is_fatal = false;  ///< the C program crashes when the value is missing
  bool ends_word = false;           ///< no flag further down the table sees the word
  std::string_view trap{};          ///< text for a line on which another flag's name sets this one off
  std::string_view remark{};        ///< text for every use

  bool recognises(std::string_view word) const;
  bool has_name(std::string_view word) const;
};

/// Every flag, in the order in which the C program looks for them, then nbk's own.
const std::vector<Flag>& flag_table();

/// The parts of the table, by the file they are in.
std::vector<Flag> crystal_flags();
std::vector<Flag> detector_flags();
std::vector<Flag> beam_flags();
std::vector<Flag> output_flags();
std::vector<Flag> program_flags();
std::vector<Flag> response_flags();
std::vector<Flag> crystal_file_flags();
std::vector<Flag> series_flags();

}  // namespace nbk::bench::flags
