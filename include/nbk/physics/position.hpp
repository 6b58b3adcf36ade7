// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/vec3.hpp"
#include "nbk/math/elementary.hpp"
#include "nbk/physics/scattering.hpp"

#include <type_traits>

namespace nbk::physics {

/// Bend of a panel about the sample: one vector, turned by two angles that grow along the flat panel.
template <class T>
struct Bend {
  Vec3<T> start;                      ///< from the sample to where both angles are 0, m; its length is the radius
  Vec3<T> first_axis, first_per_m;    ///< turned about this unit vector by first_per_m . (flat position), radian,
  Vec3<T> second_axis, second_per_m;  ///< then about this one
};

/// A panel in the number type of the geometry. Lengths in metres, directions without unit.
template <class T>
struct PanelParameters {
  Vec3<T> origin, fast, slow, normal;
  T pixel_size = 0, subpixel_size = 0;
  T close_distance = 0;
  bool curved = false, point_pixel = false;
  Bend<T> bend;  ///< of a curved panel
};

/// Point of a flat panel: P = F fast + S slow + O normal + origin, in metres. This is all but the first term. The
/// multiply-adds are written out, so that one row and a pack of rows have the same bits, whatever a compiler fuses.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION Vec3<V> row_position(const PanelParameters<scalar_t<V>>& p, const V& slow_m,
                                                 const scalar_t<V>& depth_m) {
  if constexpr (std::is_arithmetic_v<scalar_t<V>>) {
    const V depth(depth_m);
    return {fma(depth, p.normal.x, slow_m * p.slow.x) + p.origin.x,
            fma(depth, p.normal.y, slow_m * p.slow.y) + p.origin.y,
            fma(depth, p.normal.z, slow_m * p.slow.z) + p.origin.z};
  } else {
    return slow_m * broadcast<V>(p.slow) + broadcast<V>(depth_m * p.normal) + broadcast<V>(p.origin);
  }
}

/// The same with the first term.
/// \param row_m  from row_position()
template <class V>
KOKKOS_FORCEINLINE_FUNCTION Vec3<V> position_in_row(const PanelParameters<scalar_t<V>>& p, const V& fast_m,
                                                    const Vec3<V>& row_m) {
  return {fma(fast_m, p.fast.x, row_m.x), fma(fast_m, p.fast.y, row_m.y), fma(fast_m, p.fast.z, row_m.z)};
}

/// v turned about the unit axis n by an angle (Rodrigues): v cos + (n x v) sin + n (n.v)(1 - cos).
template <class V>
KOKKOS_INLINE_FUNCTION Vec3<V> rotate(const Vec3<V>& v, const Vec3<V>& axis, const V& cosine, const V& sine) {
  const V along = dot(axis, v) * (scalar_t<V>(1) - cosine);
  return cosine * v + sine * cross(axis, v) + along * axis;
}

/// Sine and cosine of any angle in radian.
template <class V>
KOKKOS_INLINE_FUNCTION void sine_cosine(const V& angle, V& sine, V& cosine) {
  using T = scalar_t<V>;
  const V turns = angle * T(1 / constants::pi<double>);
  const V half_turns = round_any(turns);
  const V reduced = turns - half_turns;
  // sin(pi (n + r)) = (-1)^n sin(pi r): the sign from n's parity
  const V sign = T(1) - T(4) * abs(half_turns * T(0.5) - round_any(half_turns * T(0.5)));
  sine = sign * sinpi_reduced(reduced);
  cosine = sign * cospi_reduced(reduced);
}

/// The point of a curved panel that the point `flat` of the flat one becomes, at constant distance from the sample
/// (scene/bend_to_sphere.hpp and scene/compat/bend_by_lab_axes.hpp have the two ways to bend).
template <class V>
KOKKOS_INLINE_FUNCTION Vec3<V> curved_position(const Bend<scalar_t<V>>& bend, const Vec3<V>& flat) {
  V sine, cosine;
  sine_cosine(along(bend.first_per_m, flat), sine, cosine);
  const auto once = rotate(broadcast<V>(bend.start), broadcast<V>(bend.first_axis), cosine, sine);
  sine_cosine(along(bend.second_per_m, flat), sine, cosine);
  return rotate(once, broadcast<V>(bend.second_axis), cosine, sine);
}

}  // namespace nbk::physics
