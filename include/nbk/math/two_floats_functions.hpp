// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/two_floats.hpp"
#include "nbk/simd/pack_functions.hpp"

#include <type_traits>

/// \file
/// The functions of simd/pack_functions.hpp for sums of two floats; bounds and sources as in math/two_floats.hpp.

namespace nbk {

/// Returns sqrt(a) within 25/8 u^2, relative; 0 of 0. [L]
template <class V>
KOKKOS_FORCEINLINE_FUNCTION TwoFloats<V> sqrt(const TwoFloats<V>& a) {
  const V root = sqrt(a.hi);
  const V rest = rounded_difference(a.lo, fma_minus(root, root, a.hi));
  const V correction = select(V(0.0F) < a.hi, rest / (root + root), V(0.0F));
  return quick_two_sum(root, correction);
}

/// Returns 1 / sqrt(a) within 15 u^2, relative. [D]
template <class V>
KOKKOS_FORCEINLINE_FUNCTION TwoFloats<V> reciprocal_sqrt(const TwoFloats<V>& a) {
  // From an estimate y = (1 + e) / sqrt(a) by 1 / sqrt(a) = y (1 + r / 2 + 3 r^2 / 8 + ...), r = 1 - a y^2.
  const V y = reciprocal_sqrt(a.hi);
  const Rounded<V> square = two_product(y, y);
  const Rounded<V> product = two_product(a.hi, square.value);
  const V rest = fma(a.hi, square.error, fma(a.lo, square.value, product.error));
  const V r = rounded_difference(rounded_difference(V(1.0F), product.value), rest);
  const V first = V(0.5F) * y * r;
  return quick_two_sum(y, fma(first, V(0.75F) * r, first));
}

/// Returns a / b.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION TwoFloats<V> quotient(const TwoFloats<V>& a, const TwoFloats<V>& b) {
  return a / b;
}

/// Returns a in lanes of the mask, b in the others.
template <class M, class V>
KOKKOS_FORCEINLINE_FUNCTION TwoFloats<V> select(const M& mask, const TwoFloats<V>& a, const TwoFloats<V>& b) {
  return {select(mask, a.hi, b.hi), select(mask, a.lo, b.lo)};
}

template <class V>
KOKKOS_FORCEINLINE_FUNCTION TwoFloats<V> abs(const TwoFloats<V>& a) {
  return select(a.hi < V(0.0F), -a, a);
}
template <class V>
KOKKOS_FORCEINLINE_FUNCTION TwoFloats<V> min(const TwoFloats<V>& a, const TwoFloats<V>& b) {
  return select(a < b, a, b);
}
template <class V>
KOKKOS_FORCEINLINE_FUNCTION TwoFloats<V> max(const TwoFloats<V>& a, const TwoFloats<V>& b) {
  return select(b < a, a, b);
}

/// Returns the nearest whole number. A number within 2^-24 of a half may go either way.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION TwoFloats<V> round_any(const TwoFloats<V>& a) {
  const V whole = round_any(a.hi);
  return quick_two_sum(whole, round_any(rounded_sum(rounded_difference(a.hi, whole), a.lo)));
}

/// Returns the largest whole number <= a, exactly.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION TwoFloats<V> floor(const TwoFloats<V>& a) {
  const V whole = floor(a.hi);
  return quick_two_sum(whole, select(whole == a.hi, floor(a.lo), V(0.0F)));
}
/// Returns the smallest whole number >= a, exactly.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION TwoFloats<V> ceil(const TwoFloats<V>& a) {
  const V whole = ceil(a.hi);
  return quick_two_sum(whole, select(whole == a.hi, ceil(a.lo), V(0.0F)));
}

/// Returns the nearest whole number, exact halves down. Exact for |a| < 2^22.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION TwoFloats<V> round_half_down(const TwoFloats<V>& a) {
  const V half(0.5F), one(1.0F), zero(0.0F);
  const V whole = ceil(rounded_difference(a.hi, half));
  const V rest = rounded_difference(a.hi, whole);  // exact; the signs below are those of the exact sums
  const auto above = zero < rounded_sum(rounded_difference(rest, half), a.lo);
  const auto below = rounded_sum(rounded_sum(rest, half), a.lo) <= zero;
  return whole + select(above, one, select(below, V(-1.0F), zero));
}

/// Returns a - whole, for the nearest whole number. Rounded once if |a| < 2^22.
template <class L, class V>
KOKKOS_FORCEINLINE_FUNCTION L difference_from_whole(const TwoFloats<V>& a, const TwoFloats<V>& whole) {
  return convert<L>(rounded_sum(rounded_difference(a.hi, whole.hi), rounded_difference(a.lo, whole.lo)));
}

/// Converts to V (the nearest) or to double (exactly).
template <class To, class V>
KOKKOS_FORCEINLINE_FUNCTION To convert(const TwoFloats<V>& value) {
  if constexpr (std::is_same_v<To, TwoFloats<V>>) {
    return value;
  } else if constexpr (std::is_same_v<To, V>) {
    return value.hi;
  } else {
    return convert<To>(value.hi) + convert<To>(value.lo);
  }
}

/// Writes consecutive values.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION void store(const TwoFloats<V>& value, scalar_t<TwoFloats<V>>* to) {
  if constexpr (PackTraits<V>::width == 1) {
    *to = value;
  } else {
    scalar_t<V> high[V::width], low[V::width];
    store(value.hi, static_cast<scalar_t<V>*>(high));
    store(value.lo, static_cast<scalar_t<V>*>(low));
    for (int i = 0; i < V::width; ++i) to[i] = {high[i], low[i]};
  }
}

}  // namespace nbk
