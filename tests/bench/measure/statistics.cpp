// SPDX-License-Identifier: MIT
#include "bench/measure/statistics.hpp"

#include <doctest/doctest.h>

#include <cmath>

using nbk::bench::measure::median;
using nbk::bench::measure::median_absolute_deviation;

TEST_CASE("statistics: median of odd, even and no values") {
  CHECK(median({3, 1, 2}) == 2);
  CHECK(median({4, 1, 3, 2}) == 2.5);
  CHECK(median({7}) == 7);
  CHECK(std::isnan(median({})));
}

TEST_CASE("statistics: median absolute deviation is deaf to an outlier") {
  CHECK(median_absolute_deviation({1, 1, 2, 2, 4, 6, 9}) == 1);
  CHECK(median_absolute_deviation({1, 1, 2, 2, 4, 6, 9e9}) == 1);
  CHECK(median_absolute_deviation({5}) == 0);
}
