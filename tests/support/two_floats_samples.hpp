// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/two_floats_functions.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <limits>
#include <random>
#include <string>

namespace nbk::testing {

/// u^2, the unit of the bounds.
inline constexpr long double unit = 0x1p-48L;

inline long double value_of(const TwoFloats<float>& x) {
  return static_cast<long double>(x.hi) + static_cast<long double>(x.lo);
}

/// A random sum of two floats, 2^-40 to 2^40, often at an edge: no low part, the largest, a tiny one, a power of two,
/// a whole number, a half.
inline TwoFloats<float> draw_two_floats(std::mt19937& random) {
  const auto chance = [&](unsigned n) { return random() % n; };
  const float mantissa = chance(4) == 0 ? 1.0F : std::uniform_real_distribution<float>(1, 2)(random);
  float high = std::ldexp(chance(2) == 0 ? mantissa : -mantissa, static_cast<int>(chance(81)) - 40);
  if (chance(5) == 0) high = std::rint(high) + 0.5F * static_cast<float>(chance(2));
  if (high == 0.0F) high = 1.0F;
  const float place = std::nextafter(std::abs(high), std::numeric_limits<float>::infinity()) - std::abs(high);
  // Below a power of two the places are half as wide.
  const float widest = std::abs(high) == std::exp2(std::rint(std::log2(std::abs(high)))) ? place / 4 : place / 2;
  const float sign = chance(2) == 0 ? 1.0F : -1.0F;
  switch (chance(5)) {
    case 0: return {high, 0.0F};
    case 1: return {high, sign * widest * (1 - 0x1p-24F)};
    case 2: return {high, sign * widest * 0x1p-20F};
    default: return {high, widest * std::uniform_real_distribution<float>(-1, 1)(random)};
  }
}

/// Largest distance of op(a, b) from exact(a, b) over many pairs, in u^2 of size(a, b, exact result); each result must
/// be hi + lo with hi the nearest float. NaN counts as infinite.
template <class V, class Op, class Exact, class Size>
double worst_error(const char* name, const Op& op, const Exact& exact, const Size& size) {
  constexpr auto width = static_cast<std::size_t>(PackTraits<V>::width);
  using T = TwoFloats<V>;
  std::mt19937 random(20261124);
  double worst = 0;
  TwoFloats<float> worst_a{}, worst_b{};
  for (std::size_t i = 0; i < 400000 / width; ++i) {
    std::array<TwoFloats<float>, width> a{}, b{}, result{};
    std::array<float, width> parts[4];
    for (std::size_t lane = 0; lane < width; ++lane) {
      a[lane] = draw_two_floats(random);
      b[lane] = draw_two_floats(random);
      if (random() % 4 == 0) b[lane] = {-a[lane].hi, b[lane].hi == b[lane].lo ? 0.0F : -a[lane].lo};  // cancelling
      if (random() % 8 == 0) b[lane] = a[lane];
      if (random() % 8 == 0) b[lane].hi = std::nextafter(-a[lane].hi, 0.0F), b[lane].lo = 0.0F;
      parts[0][lane] = a[lane].hi, parts[1][lane] = a[lane].lo, parts[2][lane] = b[lane].hi,
      parts[3][lane] = b[lane].lo;
    }
    store(T(op(T(load<V>(parts[0].data()), load<V>(parts[1].data())),
               T(load<V>(parts[2].data()), load<V>(parts[3].data())))),
          result.data());
    for (std::size_t lane = 0; lane < width; ++lane) {
      const long double x = value_of(a[lane]), y = value_of(b[lane]), wanted = exact(x, y);
      const TwoFloats<float> r = result[lane];
      const long double off = std::abs(value_of(r) - wanted);
      const long double scale = size(x, y, wanted);
      const double error = off == 0 ? 0 : static_cast<double>(off / (unit * scale));
      const volatile float sum = r.hi + r.lo;
      const bool normal = sum == r.hi;
      if (!(error <= worst) || !normal) {
        worst = normal && error == error ? error : std::numeric_limits<double>::infinity();
        worst_a = a[lane], worst_b = b[lane];
      }
    }
  }
  MESSAGE(std::string(name) << ": worst " << worst << " u^2, at " << worst_a.hi << " + " << worst_a.lo << ", "
                            << worst_b.hi << " + " << worst_b.lo);
  return worst;
}

}  // namespace nbk::testing
