// SPDX-License-Identifier: MIT
// Lines of nbk-noise whose values contradict each other or are in a wrong unit.
#include "bench/noise/noise_command.hpp"
#include "bench/noise/noise_flags.hpp"
#include "nbk/core/error.hpp"
#include "support/flag_table_checks.hpp"
#include "support/words.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <string>
#include <utility>

namespace {

using nbk::testing::has;
using nbk::testing::words_of;

/// Tells if a line has a warning.
bool warns(const std::string& line, const std::string& text) {
  const auto command = nbk::bench::noise::parse_noise(words_of("-bin f " + line));
  return std::ranges::any_of(command.warnings, [&](const std::string& warning) { return has(warning, text); });
}

/// The error of a line; empty: none.
std::string error_of(const std::string& line) {
  try {
    nbk::bench::noise::parse_noise(words_of("-bin f " + line));
  } catch (const nbk::InvalidInput& error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("nbk-noise: whatever value is refused, the message has the flag as it was typed") {
  for (const std::string policy : {"compat", "corrected"})
    nbk::testing::check_refusals(nbk::bench::noise::noise_flag_table(), "--policy " + policy + " ", 60, error_of);
}

TEST_CASE("nbk-noise: values that contradict the outputs, and wrong units, are said, and refused with --strict") {
  const std::pair<std::string, std::string> lines[] = {
      {"-adc 70000", "-adc 70000: all pixels of intimage.img are 65535"},
      {"-adc -100", "-adc -100: pixels below 0 wrap round to large values, as in noisify"},
      {"-scale -1", "-scale -1: no pixel has a photon"},
      {"-fluence 0", "-fluence 0: no pixel has a photon"},
      {"-gain -2", "-gain -2: no pixel is brighter than the offset"},
      {"--policy corrected -adc -100", "-adc -100: pixels of fewer counts than that are 0"},
      {"--policy corrected --saturation 1e6", "--saturation 1e6: is beyond the 16 bits of the images"},
      {"--policy corrected --bad-mark -2", "--bad-mark -2: is beyond the 16 bits of the images"},
      {"--policy corrected --overload-mark 70000", "--overload-mark 70000: is beyond the 16 bits"},
      {"--policy corrected --saturation 500 --overload-mark 300",
       "--overload-mark 300: is a value that pixels below the saturation have, too"},
      {"-lambda 1e-10", "-lambda 1e-10 (A): a wavelength of 1e-10 A is no X-ray's"},
      {"-pixel 172", "-pixel 172 (mm): a pixel of 172 mm is no detector's"},
      {"-distance 0.1", "-distance 0.1 (mm): a detector 0.1 mm from the sample is none"},
  };
  for (const auto& [line, text] : lines) {
    INFO(line);
    CHECK(warns(line, text));
    CHECK(has(error_of("--strict " + line), text));
  }
  CHECK_FALSE(warns("--policy corrected -bits 32 --saturation 1e6 --bad-mark -2 --overload-mark -1", "beyond"));
}
