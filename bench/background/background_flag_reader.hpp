// SPDX-License-Identifier: MIT
#pragma once

#include "bench/background/background_flags.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nbk::bench::background {

/// Walks a command line of nbk-background. Every word that begins with a minus sign is shown to every flag of nonBragg,
/// values included, and several may take it: so does nonBragg. It takes nanoBragg's command lines, too, and ignores
/// what it does not have. Words with two minus signs are nbk's own flags.
class BackgroundFlagReader {
 public:
  explicit BackgroundFlagReader(std::span<const std::string> args);

  /// Returns the policy of the line.
  Policy policy() const { return m_policy; }

  /// Returns the image that form factors are extracted from, which has to be known before other flags; empty: none.
  std::string image() const;

  /// Applies the whole line to the options.
  /// \throws InvalidInput  an unknown "--flag", or a value that cannot be used
  void read(BackgroundOptions& options);

  /// Returns what was noticed.
  const std::vector<flags::Message>& messages() const { return m_messages; }

  /// Returns true when any word set this flag off. \param name  its usual spelling
  bool given(std::string_view name) const { return m_words.contains(name); }

 private:
  void read_word(BackgroundOptions& options, std::size_t i);
  void use(BackgroundOptions& options, const BackgroundFlag& flag, std::size_t i);
  void skip_flag_of_nanobragg(std::size_t i);
  void note_strays();
  void split(std::span<const std::string> args);
  void problem(std::string text) { m_messages.push_back({flags::Severity::problem, std::move(text)}); }

  Policy m_policy = Policy::compat;
  std::vector<std::string> m_args;
  std::vector<flags::Message> m_messages;
  std::vector<bool> m_is_value, m_is_own_value, m_is_flag;
  std::map<std::string_view, std::size_t> m_words;  // usual spelling -> the word that set it off last
};

}  // namespace nbk::bench::background
