// SPDX-License-Identifier: MIT
#include "nbk/response/integer_rule.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstdint>

using nbk::IntegerRule;
using nbk::Overflow;
using nbk::Rounding;
using nbk::to_integer;

TEST_CASE("integer rule: nearest is floor(x + 1/2), truncation goes toward zero") {
  constexpr IntegerRule nearest{}, truncation{Rounding::truncation, Overflow::clip};
  CHECK(to_integer<std::uint16_t>(2.5, nearest) == 3);
  CHECK(to_integer<std::uint16_t>(2.49, nearest) == 2);
  CHECK(to_integer<std::int32_t>(-2.5, nearest) == -2);
  CHECK(to_integer<std::uint16_t>(2.99, truncation) == 2);
  CHECK(to_integer<std::int32_t>(-2.99, truncation) == -2);
}

TEST_CASE("integer rule: clip ends at the ends of the type") {
  constexpr IntegerRule clip{};
  CHECK(to_integer<std::uint16_t>(-3.2, clip) == 0);
  CHECK(to_integer<std::uint16_t>(1e9, clip) == 65535);
  CHECK(to_integer<std::int32_t>(1e10, clip) == 2147483647);
  CHECK(to_integer<std::int32_t>(-1e10, clip) == -2147483647 - 1);
  CHECK(to_integer<std::uint32_t>(1e10, clip) == 4294967295U);
  CHECK(to_integer<std::uint16_t>(std::nan(""), clip) == 0);
}

TEST_CASE("integer rule: wrap keeps the low bits, as the C programs do") {
  constexpr IntegerRule wrap{Rounding::truncation, Overflow::wrap};
  CHECK(to_integer<std::uint16_t>(-3.2, wrap) == 65533);
  CHECK(to_integer<std::uint32_t>(-3.2, wrap) == 4294967293U);
  CHECK(to_integer<std::uint16_t>(65537.0, wrap) == 1);
  CHECK(to_integer<std::uint16_t>(-3e9, wrap) == 0);
  CHECK(to_integer<std::uint32_t>(std::nan(""), wrap) == 0);
}
