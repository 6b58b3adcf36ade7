// SPDX-License-Identifier: MIT
// Lines of nbk-background that are refused, contradict themselves or have a wrong unit.
#include "bench/background/background_command.hpp"
#include "bench/background/background_flags.hpp"
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
  const auto command = nbk::bench::background::parse_background(words_of("-stol t " + line));
  return std::ranges::any_of(command.warnings, [&](const std::string& warning) { return has(warning, text); });
}

/// The error of a line; empty: none.
std::string error_of(const std::string& line) {
  try {
    make_setup_of(nbk::bench::background::parse_background(words_of("-stol t " + line)));
  } catch (const nbk::InvalidInput& error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("nbk-background: whatever value is refused, the message has the flag as it was typed") {
  for (const std::string policy : {"compat", "corrected"})
    nbk::testing::check_refusals(nbk::bench::background::background_flag_table(), "--policy " + policy + " ", 100,
                                 error_of);
  CHECK(error_of("-samplesize 0") == "-samplesize 0: -thickness = 0: must be > 0 mm");
  CHECK(error_of("-detpixels -4") == "-detpixels -4: -detpixels_x = -4: must be > 0");
}

TEST_CASE("nbk-background: values that contradict the outputs, and wrong units, are said, and refused with --strict") {
  const std::pair<std::string, std::string> lines[] = {
      {"-scale -1", "-scale -1: must be > 0 to have an effect"},
      {"-pgmscale 0", "-pgmscale 0: must be > 0 to have an effect"},
      {"-noisefile n -nonoise", "-noisefile: has no effect, because of -nonoise"},
      {"-adc 1e9", "-adc 1e9: all pixels of the integer images are 65535"},
      {"-adc -5", "-adc -5: pixels of the integer images that have fewer counts than that are 0"},
      {"-lambda 1e-10", "-lambda 1e-10 (A): a wavelength of 1e-10 A is no X-ray's"},
      {"-energy 12.4", "-energy 12.4 (eV): a wavelength of 999.8"},
      {"-pixel 172", "-pixel 172 (mm): a pixel of 172 mm is no detector's"},
      {"-distance 0.1", "-distance 0.1 (mm): a detector 0.1 mm from the sample is none"},
      {"-thick 20000", "-thick 20000 (mm): 20000 mm of matter let no X-rays through"},
  };
  for (const auto& [line, text] : lines) {
    INFO(line);
    CHECK(warns(line, text));
    CHECK(has(error_of("--strict " + line), text));
  }
  CHECK(has(error_of("--polcy corrected"), "--polcy: unknown flag; did you mean --policy?"));
}
