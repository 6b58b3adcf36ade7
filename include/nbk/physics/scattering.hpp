// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/vec3.hpp"
#include "nbk/math/fused_dot.hpp"

namespace nbk::physics {

/// Direct cell vectors of one orientation, Angstrom. A device reads them 16 bytes at a time.
template <class T>
struct alignas(16) CellAxes {
  Vec3<T> a, b, c;
};

/// The same vector in all lanes.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION Vec3<V> broadcast(const Vec3<scalar_t<V>>& v) {
  return {V(v.x), V(v.y), V(v.z)};
}

/// v.q for a vector v that is the same in all lanes.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V along(const Vec3<scalar_t<V>>& axis, const Vec3<V>& q) {
  return fused_dot(q, Vec3<V>{V(axis.x), V(axis.y), V(axis.z)});
}

/// Fractional Miller indices h = a.q, k = b.q, l = c.q of the scattering vector q = (d - i) / lambda (1/Angstrom).
template <class V>
KOKKOS_FORCEINLINE_FUNCTION Vec3<V> miller_indices(const CellAxes<scalar_t<V>>& cell, const Vec3<V>& q) {
  return {along(cell.a, q), along(cell.b, q), along(cell.c, q)};
}

/// Nearest whole index, ceil(h - 1/2): exact halves go down, as in nanoBragg.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V nearest_index(const V& h) {
  return round_half_down(h);
}

/// True where the Bragg spacing 1/|q| = lambda / |d - i| is finer than dmin; |d - i| and lambda as given, Angstrom.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION auto beyond_resolution(const V& difference, scalar_t<V> dmin_A, scalar_t<V> wavelength_A) {
  return V(wavelength_A) < difference * dmin_A;
}

}  // namespace nbk::physics
