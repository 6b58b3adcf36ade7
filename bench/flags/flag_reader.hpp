// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/flags.hpp"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace nbk::bench::flags {

/// Walks a command line as the C program does: every word that begins with a minus sign is shown to every flag in the
/// order of the table, values included, and several may take it. Keeps what a person should be told about.
class FlagReader {
 public:
  FlagReader(std::span<const std::string> args, Draft& draft) : m_args(args), m_draft(draft) {}

  /// Applies the whole line to the draft.
  /// \throws InvalidInput for values that even the C program could not use
  void read();

  /// What was noticed, traps last.
  std::vector<Message> messages() const;

  /// True when any word set this flag off. \param name its usual spelling
  bool given(std::string_view name) const;

  /// Where on the line the flag was last set off, -1 when never.
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

  std::span<const std::string> m_args;
  Draft& m_draft;
  std::vector<Message> m_messages;
  std::vector<bool> m_is_value, m_is_flag;
  std::map<const Flag*, Use> m_last;
};

/// The documented name most like a word, empty when none is near.
std::string_view nearest_name(std::string_view word);

}  // namespace nbk::bench::flags
