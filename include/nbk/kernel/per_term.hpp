// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/weighting.hpp"

namespace nbk::kernel {
inline namespace NBK_ISA {

/// The weighting of `corrected`: every term has its own sub-pixel's solid angle, its own source's polarisation and
/// weight, and its own layer's absorption.
struct PerTerm {
  /// Of the current source direction.
  template <class Types>
  using Running = WeightedSum<Types>;

  template <class Types, class PrecisionT>
  struct Factors {
    using Geometry = typename Types::Geometry;
    using Sum = typename Types::Sum;
    using Number = scalar_t<Geometry>;

    Sum total;
    Geometry geometric, polarization;
    scalar_t<Sum> background = 0;

    KOKKOS_FORCEINLINE_FUNCTION void begin(const Tables<PrecisionT>& tables, Running<Types>&) {
      total = Sum(scalar_t<Sum>(0));
      polarization = Geometry(Number(1));
      background = tables.background;
    }

    template <class Ray>
    KOKKOS_FORCEINLINE_FUNCTION void direction(const Tables<PrecisionT>& tables, const Subpixel& sub, const Ray& ray) {
      geometric = physics::solid_angle(tables.panel, ray.inverse_r);
      auto cosine = Geometry(Number(1));  // rays meet a sphere about their source at right angles
      if (!tables.panel.curved) {
        cosine = ray.cosine_to_normal(tables.panel);
      } else if (!tables.panel.point_pixel) {
        geometric = geometric * ray.narrowing(tables.panel);
      }
      if (tables.layers.absorbing) {
        geometric = geometric * physics::captured_in_layer(cosine, sub.layer, tables.layers.attenuation_per_step);
      }
    }

    template <class Ray, class Visible>
    KOKKOS_FORCEINLINE_FUNCTION void source(const Tables<PrecisionT>& tables, const SourceGroup<Number>& group,
                                            const Ray& ray, const Visible&, Running<Types>& running) {
      if (tables.polarized) polarization = ray.polarization();
      Number weight(0);
      if (tables.background_present) {
        for (int w = group.first; w < group.first + group.count; ++w) weight = weight + tables.waves[w].weight;
      }
      running.sum = Sum(background * static_cast<scalar_t<Sum>>(weight));
    }

    KOKKOS_FORCEINLINE_FUNCTION void end_source(const Running<Types>& running) {
      total = fma(running.sum, convert<Sum>(geometric * polarization), total);
    }

    KOKKOS_FORCEINLINE_FUNCTION Sum pixel(const Tables<PrecisionT>& tables, const Running<Types>&) const {
      return total * tables.scale;
    }
  };
};

static_assert(Weighting<PerTerm>);

}  // namespace NBK_ISA
}  // namespace nbk::kernel
