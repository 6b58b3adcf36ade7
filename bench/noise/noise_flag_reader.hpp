// SPDX-License-Identifier: MIT
#pragma once

#include "bench/noise/noise_flags.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nbk::bench::noise {

/// Walks a command line of nbk-noise. Every word that begins with a minus sign is shown to every flag of noisify,
/// values included, and several may take it: so does noisify. A word with "floatimage.bin" in it is the input, wherever
/// it stands. Words with two minus signs are nbk's own flags.
class NoiseFlagReader {
 public:
  NoiseFlagReader(std::span<const std::string> args, NoiseOptions& options);

  /// Applies the whole line to the options.
  /// \throws InvalidInput  an unknown "--flag", or a value that cannot be used
  void read();

  /// Returns what was noticed.
  const std::vector<flags::Message>& messages() const { return m_messages; }

  /// Returns true when any word set this flag off. \param name  its usual spelling
  bool given(std::string_view name) const { return m_words.contains(name); }

 private:
  void read_word(std::size_t i);
  void use(const NoiseFlag& flag, std::size_t i);
  void take_default_name(std::size_t i);
  void note_strays();
  void split(std::span<const std::string> args);
  void problem(std::string text) { m_messages.push_back({flags::Severity::problem, std::move(text)}); }

  std::vector<std::string> m_args;
  NoiseOptions& m_options;
  std::vector<flags::Message> m_messages;
  std::vector<bool> m_is_value, m_is_own_value, m_is_flag;
  std::map<std::string_view, std::size_t> m_words;  // usual spelling -> the word that set it off last
};

}  // namespace nbk::bench::noise
