// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/subpixel.hpp"
#include "nbk/physics/solid_angle.hpp"
#include "nbk/plan/tables.hpp"

namespace nbk::kernel {
inline namespace NBK_ISA {

/// The ray from the sample to a sub-pixel.
template <class Geometry>
struct ExitRay {
  Vec3<Geometry> direction;  ///< unit vector from the sample
  Geometry inverse_r;        ///< 1 / distance, 1/m

  KOKKOS_FORCEINLINE_FUNCTION Geometry
  cosine_to_normal(const physics::PanelParameters<scalar_t<Geometry>>& panel) const {
    return physics::along(panel.normal, direction);
  }
  /// Of pixels on a sphere, in `corrected`.
  KOKKOS_FORCEINLINE_FUNCTION Geometry narrowing(const physics::PanelParameters<scalar_t<Geometry>>& panel) const {
    return physics::narrowing(panel.bend, direction, inverse_r);
  }
};

/// An exit direction together with the incident direction that it was scattered from.
template <class Geometry>
struct ScatteredPair {
  const Vec3<Geometry>& direction;
  const SourceGroup<scalar_t<Geometry>>& group;
  scalar_t<Geometry> kahn_factor;

  KOKKOS_FORCEINLINE_FUNCTION Geometry polarization() const {
    return physics::polarization_factor(physics::broadcast<Geometry>(group.incident), direction, group.axes,
                                        kahn_factor);
  }
};

/// The common part of the places of all sub-pixels of rows, in metres.
/// \param row  number of a row, times the sub-pixels of a pixel and with that of the sub-pixel
template <class V, class PrecisionT>
KOKKOS_FORCEINLINE_FUNCTION Vec3<V> subpixel_row_start(const Tables<PrecisionT>& tables, const V& row,
                                                       const Subpixel& sub) {
  using Number = scalar_t<V>;
  const Number size = tables.panel.subpixel_size, half(0.5);
  const Number depth_m = static_cast<Number>(sub.layer) * tables.layers.step_m;
  if constexpr (std::is_arithmetic_v<Number>) {
    return physics::row_position(tables.panel, fma(V(size), half, row * size), depth_m);
  } else {
    return physics::row_position(tables.panel, size * row + size * half, depth_m);
  }
}

/// The same of one row of pixels.
template <class PrecisionT>
KOKKOS_FORCEINLINE_FUNCTION Vec3<typename PrecisionT::Geometry> row_start(const Tables<PrecisionT>& tables, int slow,
                                                                          const Subpixel& sub) {
  return subpixel_row_start(tables, static_cast<typename PrecisionT::Geometry>(slow * tables.oversample + sub.slow),
                            sub);
}

/// The same of a pack of rows.
template <class Geometry, class PrecisionT>
KOKKOS_FORCEINLINE_FUNCTION Vec3<Geometry> row_starts(const Tables<PrecisionT>& tables, const Geometry& slow,
                                                      const Subpixel& sub) {
  using Number = scalar_t<Geometry>;
  const Geometry row = fma(slow, static_cast<Number>(tables.oversample), Geometry(static_cast<Number>(sub.slow)));
  return subpixel_row_start(tables, row, sub);
}

/// The ray to a point of the flat panel, or to where a curved one has it.
template <class Geometry, class PrecisionT>
KOKKOS_FORCEINLINE_FUNCTION ExitRay<Geometry> ray_to(const Tables<PrecisionT>& tables, Vec3<Geometry> position) {
  using Number = scalar_t<Geometry>;
  if (tables.panel.curved) position = physics::curved_position(tables.panel.bend, position);
  const Geometry r_sqr = fused_dot(position, position);
  if constexpr (rounds_as_double<typename PrecisionT::Lattice>) {
    // Divided, not multiplied by 1 / r: in the beam itself the last bit decides if q is 0.
    const Geometry r = sqrt(r_sqr);
    return {{position.x / r, position.y / r, position.z / r}, Number(1) / r};
  } else {
    const Geometry inverse_r = reciprocal_sqrt(r_sqr);
    return {inverse_r * position, inverse_r};
  }
}

/// The ray to a sub-pixel of the pixels `fast` of rows that begin at `row`.
template <class Geometry, class PrecisionT>
KOKKOS_FORCEINLINE_FUNCTION ExitRay<Geometry> exit_ray_in_row(const Tables<PrecisionT>& tables, const Geometry& fast,
                                                              const Vec3<Geometry>& row, const Subpixel& sub) {
  using Number = scalar_t<Geometry>;
  const Number size = tables.panel.subpixel_size;
  const Number half = size * Number(0.5);
  const Geometry f = fma(fma(fast, static_cast<Number>(tables.oversample), Geometry(static_cast<Number>(sub.fast))),
                         size, Geometry(half));
  return ray_to(tables, physics::position_in_row(tables.panel, f, row));
}

/// The ray to a sub-pixel of the pixels `fast` of row `slow`.
template <class Geometry, class PrecisionT>
KOKKOS_FORCEINLINE_FUNCTION ExitRay<Geometry> exit_ray(const Tables<PrecisionT>& tables, const Geometry& fast, int slow,
                                                       const Subpixel& sub) {
  return exit_ray_in_row(tables, fast, physics::broadcast<Geometry>(row_start(tables, slow, sub)), sub);
}

}  // namespace NBK_ISA
}  // namespace nbk::kernel
