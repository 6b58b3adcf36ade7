// SPDX-License-Identifier: MIT
#include "bench/noise/noise_flag_reader.hpp"

#include <string_view>

namespace nbk::bench::noise {

namespace {

constexpr std::string_view default_input = "floatimage.bin";

}  // namespace

NoiseFlagReader::NoiseFlagReader(std::span<const std::string> args)
    : DropInReader(args, noise_flag_table(), {"noisify", "a value"}) {}

/// A word with the default name in it is the input, even where it is meant as something else.
bool NoiseFlagReader::takes_first(NoiseOptions& options, std::size_t i) {
  const std::string& word = m_args[i];
  if (word.find(default_input) == std::string::npos || flags::is_own_word(word)) return false;
  const bool for_another =
      m_is_value[i] && m_args[i - 1] != "-floatfile" && m_args[i - 1] != "-floatimage" && m_args[i - 1] != "-bin";
  if (policy() == Policy::corrected && m_is_value[i]) return true;
  if (for_another)
    problem(word + ": also acts as -floatfile in noisify, because it contains " + std::string(default_input));
  options.files.float_file = word;
  m_is_flag[i] = true;
  m_words["-floatfile"] = i;
  return true;
}

}  // namespace nbk::bench::noise
