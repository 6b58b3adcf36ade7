// SPDX-License-Identifier: MIT
#include "support/smoke.hpp"
#include "bench/reference/reference.hpp"

#include <doctest/doctest.h>

using namespace nbk::testing;

TEST_CASE("smoke: the reference gives the C program's 28 images") {
  const auto cases = smoke_cases();
  REQUIRE(cases.size() == 28);
  for (const SmokeCase& c : cases) {
    CAPTURE(c.name);
    CAPTURE(c.flags);
    const auto image = nbk::reference::render(c.experiment());
    REQUIRE(image.size() == 32 * 32);
    const SmokeErrors errors = smoke_errors(c, image);
    // To the last digit that was printed.
    CHECK(errors.sum <= 5e-9);
    CHECK(errors.max <= 5e-8);
    CHECK(errors.pixel_7_7 <= 5e-8);
    CHECK(errors.same_place);
  }
}

TEST_CASE("smoke: figures that are off are noticed") {
  const SmokeCase c = smoke_cases().front();
  auto image = nbk::reference::render(c.experiment());
  image[7 * 32 + 7] *= 1.001F;
  image[0] += 50000;
  const SmokeErrors errors = smoke_errors(c, image);
  CHECK(errors.sum > 0.1);
  CHECK(errors.max > 0.1);
  CHECK(errors.pixel_7_7 > 0.0009);
  CHECK_FALSE(errors.same_place);
}
