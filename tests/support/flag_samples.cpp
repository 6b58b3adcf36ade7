// SPDX-License-Identifier: MIT
#include "support/flag_samples.hpp"

#include "support/places.hpp"
#include "support/words.hpp"

namespace nbk::testing {

bench::flags::Command parse_line(const std::string& line) {
  std::vector<std::string> words = words_of("-dump no-such-cache -cell 10 -default_F 1 " + line);
  for (std::string& word : words) {
    constexpr std::string_view placeholder = "{inp}";
    if (!word.starts_with(placeholder)) continue;
    word.replace(0, placeholder.size(), std::string(places::tests) + "/golden/parity/inputs");
  }
  return bench::flags::parse(words);
}

std::vector<FlagSample> all_flag_samples() {
  std::vector<FlagSample> all;
  for (auto&& part : {crystal_samples(), beam_samples(), detector_samples(), output_samples(), file_samples()}) {
    all.insert(all.end(), part.begin(), part.end());
  }
  return all;
}

}  // namespace nbk::testing
