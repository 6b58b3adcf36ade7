// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstdint>
#include <limits>
#include <type_traits>

namespace nbk {

/// Rounding of detector units to integers.
enum class Rounding {
  nearest,    ///< floor(x + 1/2)
  truncation  ///< toward zero
};

/// Treatment of a number that the integer type does not have.
enum class Overflow {
  clip,  ///< the nearest number that it has
  wrap   ///< the low bits
};

/// Rule that turns detector units into the integers of a file.
struct IntegerRule {
  Rounding rounding = Rounding::nearest;  ///< of fractions
  Overflow overflow = Overflow::clip;     ///< outside the range of the type
};

/// Returns detector units as an integer. NaN gives 0.
/// \tparam Integer  std::uint16_t, std::int32_t or std::uint32_t
template <class Integer>
Integer to_integer(double adu, const IntegerRule& rule) {
  static_assert(std::is_integral_v<Integer> && sizeof(Integer) <= 4);
  constexpr auto lowest = static_cast<double>(std::numeric_limits<Integer>::min());
  constexpr auto highest = static_cast<double>(std::numeric_limits<Integer>::max());
  if (std::isnan(adu)) return 0;
  const double whole = rule.rounding == Rounding::nearest ? std::floor(adu + 0.5) : std::trunc(adu);
  if (rule.overflow == Overflow::clip) {
    return static_cast<Integer>(whole < lowest ? lowest : whole > highest ? highest : whole);
  }
  // x86-64 converts by way of 32 bits for a short and of 64 bits for an int; what does not fit there gives 0.
  constexpr double reach = sizeof(Integer) == 2 ? 0x1p31 : 0x1p63;
  return whole >= -reach && whole < reach ? static_cast<Integer>(static_cast<std::int64_t>(whole)) : Integer{0};
}

}  // namespace nbk
