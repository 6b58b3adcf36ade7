// SPDX-License-Identifier: MIT
#include "nbk/io/spectrum_text.hpp"

#include <doctest/doctest.h>

#include <string>

using namespace nbk::io;

namespace {

nbk::Spectrum spectrum_of(const std::string& text) { return parse_spectrum_text(text, "beam").spectrum; }

void check_refused(const std::string& text, const std::string& expected) {
  INFO(text);
  CHECK_THROWS_WITH_AS(parse_spectrum_text(text, "beam"), doctest::Contains(("beam: " + expected).c_str()),
                       nbk::FileError);
}

}  // namespace

TEST_CASE("spectrum text: wavelengths in Angstrom, weights, sets") {
  const nbk::Spectrum spectrum = spectrum_of("# of a shot\n\n 0.97 1e3\n0.98\t0 2\r\n1, 0.25\n");
  REQUIRE(spectrum.lines.size() == 3);
  CHECK(spectrum.lines[0].wavelength_m == 0.97 / 1e10);
  CHECK(spectrum.lines[0].weight == 1000);
  CHECK(spectrum.lines[0].structure_factor_set == 0);
  CHECK(spectrum.lines[1].weight == 0);
  CHECK(spectrum.lines[1].structure_factor_set == 2);
  CHECK(spectrum.lines[2].wavelength_m == 1e-10);
}

TEST_CASE("spectrum text: a line that cannot be is an error with its number") {
  check_refused("1 1\n0.9\n", "line 2: has 1 field");
  check_refused("1 1 0 0\n", "line 1: has 4 fields");
  check_refused("0 1\n", "line 1: a wavelength must be a finite number > 0");
  check_refused("-1 1\n", "line 1: a wavelength must be");
  check_refused("inf 1\n", "line 1: a wavelength must be");
  check_refused("1A 1\n", "line 1: a wavelength must be");
  check_refused("1 -0.5\n", "line 1: a weight must be a finite number >= 0");
  check_refused("1 nan\n", "line 1: a weight must be");
  check_refused("1 1 -1\n", "line 1: a set must be an integer >= 0");
  check_refused("1 1 0.5\n", "line 1: a set must be");
  check_refused("1 0\n1.1 0\n", "must have a weight above 0");
  check_refused("1 1e308\n1.1 1e308\n", "must have a weight above 0, and a finite sum");
  check_refused("# nothing\n", "holds no spectrum");
}

TEST_CASE("spectrum text: metres and energies are noticed once") {
  CHECK(parse_spectrum_text("0.97 1\n12.4 1\n", "beam").warnings.empty());
  CHECK(parse_spectrum_text("9500 1\n9510 1\n", "beam").warnings.size() == 1);
  CHECK(parse_spectrum_text("1e-10 1\n", "beam").warnings.at(0).starts_with("beam: line 1: a wavelength of 1e-10"));
}
