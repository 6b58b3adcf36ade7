// SPDX-License-Identifier: MIT
#include "bench/kernels/simulation.hpp"
#include "support/closeness.hpp"
#include "support/golden.hpp"
#include "support/render.hpp"
#include "support/smoke.hpp"

#include <doctest/doctest.h>

using namespace nbk::testing;

namespace {

void check_cases(std::string_view dtype, const nbk::bench::measure::ParityBounds& bounds) {
  const auto cases = parity_cases();
  REQUIRE(cases.size() == 51);
  for (const std::string& device : nbk::bench::devices()) {
    for (const GoldenCase& c : cases) {
      const auto parity = nbk::bench::measure::compare(render(c.experiment(), dtype, device), c.image(), c.fast, 3);
      CHECK_MESSAGE(nbk::bench::measure::in_parity(parity, bounds),
                    device << ' ' << dtype << ' ' << c.name << ": " << describe(parity));
    }
  }
}

}  // namespace

TEST_CASE("parity: float64 agrees with the C program in all 51 cases") { check_cases("float64", double_bounds); }
TEST_CASE("parity: mixed agrees with the C program in all 51 cases") { check_cases("mixed", float_bounds); }
TEST_CASE("parity: df64 agrees with the C program in all 51 cases") { check_cases("df64", float_bounds); }
TEST_CASE("parity: float32 agrees with the C program in all 51 cases") { check_cases("float32", float_bounds); }

TEST_CASE("smoke: float64 gives the C program's 28 images") {
  const auto cases = smoke_cases();
  REQUIRE(cases.size() == 28);
  for (const SmokeCase& c : cases) {
    CAPTURE(c.name);
    CAPTURE(c.flags);
    const SmokeErrors errors = smoke_errors(c, render(c.experiment(), "float64"));
    // To the last digit that was printed: nine for the sum, eight for pixels, and a float's rounding beyond.
    CHECK(errors.sum <= 5e-9);
    CHECK(errors.max <= 7e-8);
    CHECK(errors.pixel_7_7 <= 7e-8);
    CHECK(errors.same_place);
  }
}

TEST_CASE("smoke: single, mixed and two-float precision give the C program's 28 images to their own accuracy") {
  for (const char* dtype : {"mixed", "df64", "float32"}) {
    for (const SmokeCase& c : smoke_cases()) {
      CAPTURE(dtype);
      CAPTURE(c.name);
      const SmokeErrors errors = smoke_errors(c, render(c.experiment(), dtype));
      CHECK(errors.sum <= 1e-3);
      CHECK(errors.max <= 2e-3);
      CHECK(errors.same_place);
    }
  }
}
