// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/weighting.hpp"

namespace nbk::compat {
inline namespace NBK_ISA {

/// The weighting of the C program without its oversample flags: solid angle of the first sub-pixel, polarisation of the
/// first source seen and absorption of the last layer weight the whole sum.
struct FirstValue {
  /// All weights are 1 in `compat`.
  template <class Types>
  using Running = kernel::WeightedSum<Types>;

  template <class Types, class PrecisionT>
  struct Factors {
    using Geometry = typename Types::Geometry;
    using Sum = typename Types::Sum;
    using Number = scalar_t<Geometry>;

    Geometry solid_angle, polarization, captured;

    template <class RunningT>
    KOKKOS_FORCEINLINE_FUNCTION void begin(const Tables<PrecisionT>& tables, RunningT& running) {
      running.sum = Sum(tables.background);
      polarization = Geometry(tables.polarized ? Number(0) : Number(1));  // 0: not known yet
      // Set before they are read; a compiler that cannot see that would warn.
      solid_angle = captured = Geometry(Number(1));
    }

    template <class Ray>
    KOKKOS_FORCEINLINE_FUNCTION void direction(const Tables<PrecisionT>& tables, const kernel::Subpixel& sub,
                                               const Ray& ray) {
      if (sub.first_of_pixel()) solid_angle = physics::solid_angle(tables.panel, ray.inverse_r);
      if (tables.layers.absorbing && sub.first_of_layer() && sub.layer == tables.layers.count - 1) {
        captured = physics::captured_in_layer(ray.cosine_to_normal(tables.panel), sub.layer,
                                              tables.layers.attenuation_per_step);
      }
    }

    template <class Ray, class Visible, class RunningT>
    KOKKOS_FORCEINLINE_FUNCTION void source(const Tables<PrecisionT>&, const SourceGroup<Number>&, const Ray& ray,
                                            const Visible& visible, RunningT&) {
      const auto missing = polarization == Geometry(Number(0)) && visible;
      if (!any(missing)) return;
      polarization = select(missing, ray.polarization(), polarization);
    }

    template <class RunningT>
    KOKKOS_FORCEINLINE_FUNCTION void end_source(const RunningT&) {}

    template <class RunningT>
    KOKKOS_FORCEINLINE_FUNCTION Sum pixel(const Tables<PrecisionT>& tables, const RunningT& running) const {
      Geometry factor = polarization * solid_angle;
      if (tables.layers.absorbing) factor = factor * captured;
      // + 0: no negative zeros, as in the C program
      return fma(running.sum * convert<Sum>(factor), tables.scale, Sum(scalar_t<Sum>(0)));
    }
  };
};

static_assert(kernel::Weighting<FirstValue>);

}  // namespace NBK_ISA
}  // namespace nbk::compat
