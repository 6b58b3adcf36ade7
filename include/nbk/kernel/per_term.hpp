// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/weighting.hpp"

namespace nbk::kernel {
inline namespace NBK_ISA {

/// The weighting of `corrected`: every term has its own sub-pixel's solid angle, its own source's polarisation and
/// weight, and its own layer's absorption.
struct PerTerm {
  static constexpr bool counts_empty_terms = false;

  template <class Types, class PrecisionT>
  struct Factors {
    using Geometry = typename Types::Geometry;
    using Lattice = typename Types::Lattice;
    using Sum = typename Types::Sum;
    using Number = scalar_t<Geometry>;

    Sum sum;  // of the current source direction
    Sum total;
    Geometry geometric, polarization;
    scalar_t<Sum> background = 0;

    KOKKOS_FORCEINLINE_FUNCTION void begin(const Tables<PrecisionT>& tables) {
      total = Sum(scalar_t<Sum>(0));
      polarization = Geometry(Number(1));
      background = tables.background;
    }

    template <class Ray>
    KOKKOS_FORCEINLINE_FUNCTION void direction(const Tables<PrecisionT>& tables, const Subpixel& sub, const Ray& ray) {
      geometric = physics::solid_angle(tables.panel, ray.inverse_r);
      Geometry cosine(Number(1));  // rays meet a sphere about their source at right angles
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
                                            const Ray& ray, const Visible&) {
      if (tables.polarized) polarization = ray.polarization();
      Number weight(0);
      if (tables.background_present) {
        for (int w = group.first; w < group.first + group.count; ++w) weight = weight + tables.waves[w].weight;
      }
      sum = Sum(background * static_cast<scalar_t<Sum>>(weight));
    }

    KOKKOS_FORCEINLINE_FUNCTION void add(const Term<Lattice>& term, Number weight) {
      sum = fma(convert<Sum>(term.lattice * static_cast<scalar_t<Lattice>>(weight)), convert<Sum>(term.structure), sum);
    }

    template <class Where>
    KOKKOS_FORCEINLINE_FUNCTION void restore(const Where& mask, const Sum& before) {
      sum = select(convert_mask<Sum>(mask), before, sum);
    }

    KOKKOS_FORCEINLINE_FUNCTION void end_source() { total = fma(sum, convert<Sum>(geometric * polarization), total); }

    KOKKOS_FORCEINLINE_FUNCTION Sum pixel(const Tables<PrecisionT>& tables) const { return total * tables.scale; }
  };
};

static_assert(Weighting<PerTerm>);

}  // namespace NBK_ISA
}  // namespace nbk::kernel
