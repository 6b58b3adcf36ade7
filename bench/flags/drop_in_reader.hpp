// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"
#include "bench/flags/drop_in_flag.hpp"
#include "nbk/core/nearest_names.hpp"
#include "nbk/model/experiment.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace nbk::bench::flags {

/// Words that `corrected` takes for flags of the C program.
enum class CorrectedWords {
  documented_as_named,  ///< a documented name is that flag; any other word is what the C program takes it for
  documented_only       ///< a documented name is that flag; any other word is none
};

/// The C program that a command stands in for.
struct DropInProgram {
  std::string_view name;         ///< for messages
  std::string_view must_follow;  ///< for a flag at the end of a line: "a value", "a word"
  CorrectedWords in_corrected = CorrectedWords::documented_as_named;
};

/// Walks the command line of a command that stands in for a C program. Every word that begins with a minus sign is
/// shown to every flag, values included, and several may take it: so does the C program. Words with two minus signs are
/// nbk's own flags. A derived reader may take words before and after the table has seen them.
/// \tparam FlagT  a DropInFlag
template <class FlagT>
class DropInReader {
 public:
  using Options = typename FlagT::Options;

  DropInReader(std::span<const std::string> args, const std::vector<FlagT>& table, const DropInProgram& program)
      : m_table(table), m_program(program) {
    SplitLine line = split_line(args, table);
    m_args = std::move(line.words);
    m_is_own_value = std::move(line.joined);
    m_is_value.resize(m_args.size());
    m_is_flag.resize(m_args.size());
    // The policy decides how flags are read, so it must be known before them.
    for (std::size_t i = 0; i + 1 < m_args.size(); ++i) {
      if (m_args[i] == "--policy" && m_args[i + 1] == "corrected") m_policy = Policy::corrected;
    }
  }
  virtual ~DropInReader() = default;

  /// Returns the policy of the line.
  Policy policy() const { return m_policy; }

  /// Applies the whole line to the options.
  /// \throws InvalidInput  an unknown "--flag", or a value that cannot be used
  void read(Options& options) {
    for (std::size_t i = 0; i < m_args.size(); ++i) {
      if (m_is_own_value[i] || takes_first(options, i)) continue;
      if (m_args[i].starts_with('-')) read_word(options, i);
    }
    note_strays();
  }

  /// Returns what was noticed.
  const std::vector<Message>& messages() const { return m_messages; }

  /// Returns true when any word set this flag off. \param name  its usual spelling
  bool given(std::string_view name) const { return m_words.contains(name); }

  /// Returns the flags in the order in which they were used, with the values they took.
  const std::vector<TypedFlag>& typed() const { return m_typed; }

  /// Returns a flag that was given, as it was typed last. \param name  its usual spelling
  const std::string& typed(std::string_view name) const {
    return std::find_if(m_typed.rbegin(), m_typed.rend(), [&](const TypedFlag& f) { return f.name == name; })->words;
  }

 protected:
  /// Takes word `i` before any flag sees it, and returns true then.
  virtual bool takes_first(Options&, std::size_t) { return false; }
  /// Looks at word `i`, which no flag has taken.
  virtual void look_at_untaken(std::size_t) {}

  void add(Severity severity, std::string text) { m_messages.push_back({severity, std::move(text)}); }
  void problem(std::string text) { add(Severity::problem, std::move(text)); }

  std::vector<std::string> m_args;
  std::vector<bool> m_is_value, m_is_own_value, m_is_flag;
  std::map<std::string_view, std::size_t> m_words;  // usual spelling -> the word that set it off last

 private:
  void read_word(Options& options, std::size_t i) {
    const std::string& word = m_args[i];
    const bool documented = flag_named(m_table, word) != nullptr;
    if (is_own_word(word) && !documented) {
      const std::string name = word.substr(0, word.find('='));
      throw InvalidInput(name + ": unknown flag" + suggestion(name) + " (--help lists all flags)");
    }
    const bool as_named = documented || m_program.in_corrected == CorrectedWords::documented_only;
    const bool by_name = is_own_word(word) || (m_policy == Policy::corrected && as_named);
    for (const FlagT& flag : m_table) {
      if (!(by_name ? flag.has_name(word) : flag.recognises(word))) continue;
      note_trap(word, flag, documented, m_is_flag[i]);
      m_is_flag[i] = true;
      use(options, flag, i);
    }
    if (!m_is_flag[i]) look_at_untaken(i);
  }

  void note_trap(const std::string& word, const FlagT& flag, bool documented, bool again) {
    const std::string name(flag.names.front()), program(m_program.name);
    if (!documented && !again)
      problem(word + ": unknown flag, taken as " + name + " as " + program + " does, because it contains that name");
    if (documented && !flag.has_name(word))
      problem(word + ": also acts as " + name + " in " + program + ", because it contains that name");
  }

  void use(Options& options, const FlagT& flag, std::size_t i) {
    const auto n = static_cast<std::size_t>(flag.values);
    const std::size_t following = m_args.size() - i - 1;
    const auto refuse = [&] { throw InvalidInput(m_args[i] + ": needs a value (" + std::string(flag.unit) + ")"); };
    if (following < n || (flag.at_end == AtEnd::needs_a_word && following == 0)) {
      if (flag.is_own() || flag.at_end == AtEnd::fatal) refuse();
      problem(m_args[i] + ": ignored as " + std::string(m_program.name) + " does, because " +
              std::string(m_program.must_follow) + " must follow");
      return;
    }
    for (std::size_t j = i + 1; j <= i + n; ++j) {
      const bool is_flag = m_args[j].starts_with('-') && !is_number(m_args[j]) && !m_is_own_value[j];
      if (is_flag && flag.is_own()) refuse();
      if (is_flag) problem(m_args[i] + ": takes " + m_args[j] + " as its value, which acts as a flag as well");
      m_is_value[j] = true;
      if (flag.is_own()) m_is_own_value[j] = true;
    }
    Values values(m_args[i], std::span<const std::string>(m_args).subspan(i + 1, n), m_messages,
                  flag.is_own() ? Reading::whole : Reading::tolerant);
    flag.apply(options, values);
    m_words[flag.names.front()] = i;
    std::string typed = m_args[i];
    for (std::size_t j = i + 1; j <= i + n; ++j) typed += " " + m_args[j];
    m_typed.push_back({flag.names.front(), {}, flag.unit, std::move(typed)});
  }

  /// Returns the flags that are most like a word, as the end of a sentence; empty where none is.
  std::string suggestion(std::string_view word) const {
    std::vector<std::string> names;
    for (const FlagT& flag : m_table) names.insert(names.end(), flag.names.begin(), flag.names.end());
    const std::vector<std::string> nearest = nearest_names(word, names);
    return nearest.empty() ? std::string() : "; did you mean " + alternatives(nearest) + "?";
  }

  void note_strays() {
    for (std::size_t i = 0; i < m_args.size(); ++i) {
      if (m_is_value[i] || m_is_flag[i]) continue;
      const bool is_flag = m_args[i].starts_with('-') && !is_number(m_args[i]);
      problem((m_args[i].empty() ? "''" : m_args[i]) +
              (is_flag ? ": unknown flag, ignored" + suggestion(m_args[i]) : ": belongs to no flag, ignored"));
    }
  }

  const std::vector<FlagT>& m_table;
  DropInProgram m_program;
  Policy m_policy = Policy::compat;
  std::vector<Message> m_messages;
  std::vector<TypedFlag> m_typed;
};

}  // namespace nbk::bench::flags
