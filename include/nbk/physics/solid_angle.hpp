// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/position.hpp"

namespace nbk::physics {

/// Solid angle of a pixel: p^2 close_distance / R^3 in steradian, with 1/R in 1/m; a point pixel has 1/R^2 instead
/// (no area, no obliquity).
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V solid_angle(const PanelParameters<scalar_t<V>>& p, const V& inverse_r) {
  const V inverse_sqr = inverse_r * inverse_r;
  if (p.point_pixel) return inverse_sqr;
  return (inverse_sqr * inverse_r) * (p.pixel_size * p.pixel_size * p.close_distance);
}

/// Pixels of a sphere narrow towards its poles by the cosine of the latitude, the first angle of `corrected`.
template <class V>
KOKKOS_INLINE_FUNCTION V narrowing(const Bend<scalar_t<V>>& bend, const Vec3<V>& direction, const V& inverse_r) {
  using T = scalar_t<V>;
  const V sine = along(bend.first_per_m, direction) / inverse_r;  // first_per_m is a unit vector by the radius
  return sqrt(max(V(T(1)) - sine * sine, V(T(0))));
}

}  // namespace nbk::physics
