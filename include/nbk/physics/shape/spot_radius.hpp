// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/elementary.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/physics/shape/crystal_parameters.hpp"

namespace nbk::physics {

/// The vector x A + y B + z C of Miller indices x, y, z, for the spot axes A, B, C.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION Vec3<V> spot_vector(const LatticeParameters<scalar_t<V>>& p, const Vec3<V>& delta) {
  const auto& [a, b, c] = p.spot_axes;
  return {fma(delta.x, a.x, fma(delta.y, b.x, delta.z * c.x)), fma(delta.x, a.y, fma(delta.y, b.y, delta.z * c.y)),
          fma(delta.x, a.z, fma(delta.y, b.z, delta.z * c.z))};
}

/// Squared radius G = |x A + y B + z C|^2 at the reduced Miller indices x, y, z, for the spot axes A, B, C. In `compat`
/// they are a*, b*, c* times Na Nb Nc (1/Angstrom); in `corrected` the numbers of cells along axes at right angles, so
/// that the radius is the sum of (x_i N_i)^2 as for round spots. scene/spot_axes.hpp makes them.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V spot_radius_sqr(const LatticeParameters<scalar_t<V>>& p, const Vec3<V>& delta) {
  const Vec3<V> s = spot_vector(p, delta);
  return fma(s.x, s.x, fma(s.y, s.y, s.z * s.z));
}

/// Lengths of the spot axes: inverse widths of a spot along h, k and l.
inline Vec3d spot_axis_lengths(const CrystalParameters<double>& crystal) {
  const auto& [a, b, c] = crystal.spot_axes;
  return {strict::magnitude(a), strict::magnitude(b), strict::magnitude(c)};
}

}  // namespace nbk::physics
