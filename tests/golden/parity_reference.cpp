// SPDX-License-Identifier: MIT
#include "bench/reference/reference.hpp"
#include "support/closeness.hpp"
#include "support/golden.hpp"

#include <doctest/doctest.h>

using namespace nbk::testing;

TEST_CASE("parity: the reference agrees with the C program in all 51 cases") {
  const auto cases = parity_cases();
  REQUIRE(cases.size() == 51);
  for (const GoldenCase& c : cases) {
    const auto image = nbk::reference::render(c.experiment());
    const auto parity = nbk::bench::measure::compare(image, c.image(), c.fast, 3);
    CHECK_MESSAGE(nbk::bench::measure::in_parity(parity, double_bounds), c.name << ": " << describe(parity));
    CHECK_MESSAGE(parity.sum_ours == doctest::Approx(c.sum).epsilon(1e-5), c.name);
  }
}
