// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/flags.hpp"
#include "bench/flags/words.hpp"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace nbk::bench::flags {

/// Walks a command line. A word that begins with two minus signs is one of nbk's own flags. Every other word that
/// begins with a minus sign is shown to every flag in the order of the table, values included, and several may take it:
/// so does the C program. Keeps what a person should be told about.
class FlagReader {
 public:
  FlagReader(const SplitLine& line, Draft& draft) : m_args(line.words), m_joined(line.joined), m_draft(draft) {}

  /// Applies the whole line to the draft.
  /// \throws InvalidInput  an unknown "--flag", a "--flag" without its value or with one that is not wholly understood,
  /// and values that even the C program could not use
  void read();

  /// Returns the flags in the order in which they were used, with the values they took.
  const std::vector<TypedFlag>& typed() const { return m_typed; }

  /// Returns what was noticed, traps last.
  std::vector<Message> messages() const;

  /// Returns true when any word set this flag off. \param name its usual spelling
  bool given(std::string_view name) const;

  /// Returns the place on the line where the flag was last set off, -1 when never.
  int position(std::string_view name) const;

 private:
  struct Use {
    std::size_t word = 0;
    bool trap = false;
  };

  void read_word(std::size_t i);
  void use(const Flag& flag, std::size_t i);
  void note_strays();
  void problem(std::string text) { m_messages.push_back({Severity::problem, std::move(text)}); }

  std::span<const std::string> values_of(const Flag& flag, std::size_t i, std::size_t n);

  std::span<const std::string> m_args;
  const std::vector<bool>& m_joined;
  Draft& m_draft;
  std::vector<TypedFlag> m_typed;
  std::vector<Message> m_messages;
  std::vector<bool> m_is_value, m_is_own_value, m_is_flag;
  std::map<const Flag*, Use> m_last;
};

/// Returns the documented name most like a word, empty when none is like it.
std::string_view nearest_name(std::string_view word);

}  // namespace nbk::bench::flags
