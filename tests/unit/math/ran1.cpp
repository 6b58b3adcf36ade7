// SPDX-License-Identifier: MIT
#include "nbk/math/ran1.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>

using nbk::Ran1;

TEST_CASE("ran1: gives the C program's deviates") {
  Ran1 uniform;
  std::int64_t seed = -12345678;
  CHECK(uniform(seed) == 0.765989304F);
  CHECK(uniform(seed) == 0.023453664F);
  CHECK(uniform(seed) == 0.589726627F);
  CHECK(uniform(seed) == 0.535101593F);
  CHECK(uniform(seed) == 0.982231438F);
}

TEST_CASE("ran1: a seed that is not positive starts anew, a positive one goes on with the table") {
  Ran1 uniform;
  std::int64_t seed = -7;
  const float first = uniform(seed);
  uniform(seed);
  seed = -7;
  CHECK(uniform(seed) == first);

  std::int64_t other = 7;
  Ran1 untouched;
  std::int64_t one = 7;
  CHECK(uniform(other) != untouched(one));
}

TEST_CASE("ran1: the first call starts from 1 if its seed is positive or 0") {
  Ran1 from_positive, from_zero, from_one;
  std::int64_t positive = 99, zero = 0, one = -1;
  const float expected = from_one(one);
  CHECK(from_positive(positive) == expected);
  CHECK(from_zero(zero) == expected);
}

TEST_CASE("ran1: stays within (0, 1) for any seed") {
  for (const std::int64_t start :
       {std::int64_t{-2147483647}, std::int64_t{-2147483648}, std::int64_t{5'000'000'000},
        std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()}) {
    Ran1 uniform;
    std::int64_t seed = start;
    for (int i = 0; i < 100; ++i) {
      const float u = uniform(seed);
      CHECK(u >= 0.0F);
      CHECK(u < 1.0F);
    }
  }
}

TEST_CASE("ran1: mean and variance of a uniform deviate") {
  Ran1 uniform;
  std::int64_t seed = -1;
  constexpr int n = 200000;
  double sum = 0, squares = 0;
  for (int i = 0; i < n; ++i) {
    const double u = static_cast<double>(uniform(seed));
    sum += u;
    squares += (u - 0.5) * (u - 0.5);
  }
  // Five standard errors: sqrt(1/12/n) of the mean, sqrt(1/180/n) of the variance.
  CHECK(sum / n == doctest::Approx(0.5).epsilon(0.0065));
  CHECK(squares / n == doctest::Approx(1.0 / 12).epsilon(0.01));
}
