// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/vec3.hpp"
#include "nbk/math/two_floats_functions.hpp"

namespace nbk {

/// Returns a.b by multiply-adds.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V fused_dot(const Vec3<V>& a, const Vec3<V>& b) {
  return fma(a.x, b.x, fma(a.y, b.y, a.z * b.z));
}

namespace detail {

/// Returns the product of two sums of two floats, less the rounded product of their high parts.
/// \param error  rounding error of the product of the high parts
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V rest_of_product(const TwoFloats<V>& a, const TwoFloats<V>& b, const V& error) {
  return fma(a.hi, b.lo, fma(a.lo, b.hi, error));
}

}  // namespace detail

/// Returns a.b within 19 u^2 (|a.x b.x| + |a.y b.y| + |a.z b.z|), absolute. The high parts are added exactly, the rest
/// in float. Source: docs/numerics/two_floats.md.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION TwoFloats<V> fused_dot(const Vec3<TwoFloats<V>>& a, const Vec3<TwoFloats<V>>& b) {
  const Rounded<V> x = two_product(a.x.hi, b.x.hi), y = two_product(a.y.hi, b.y.hi), z = two_product(a.z.hi, b.z.hi);
  const Rounded<V> two = two_sum(x.value, y.value), all = two_sum(two.value, z.value);
  const V rest =
      rounded_sum(rounded_sum(detail::rest_of_product(a.x, b.x, x.error), detail::rest_of_product(a.y, b.y, y.error)),
                  detail::rest_of_product(a.z, b.z, z.error));
  return quick_two_sum(all.value, rounded_sum(rounded_sum(two.error, all.error), rest));
}

}  // namespace nbk
