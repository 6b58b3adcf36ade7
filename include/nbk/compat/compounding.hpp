// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/compat/first_value.hpp"

namespace nbk::compat {
inline namespace NBK_ISA {

/// Sum of the terms of one pack of pixels, multiplied by a factor after every term.
/// \tparam Types  kernel::Packs
template <class Types>
struct CompoundedSum {
  using Lattice = typename Types::Lattice;
  using Sum = typename Types::Sum;

  static constexpr bool counts_empty_terms = true;

  Sum sum, factor;
  bool keep_empty_terms = false;

  KOKKOS_FORCEINLINE_FUNCTION void add(const kernel::Term<Lattice>& term, scalar_t<typename Types::Geometry>) {
    const Sum next = fma(convert<Sum>(term.lattice), convert<Sum>(term.structure), sum) * factor;
    const auto skipped = convert_mask<Sum>(term.lattice == Lattice(scalar_t<Lattice>(0)));
    sum = keep_empty_terms ? next : select(skipped, sum, next);
  }

  template <class Where>
  KOKKOS_FORCEINLINE_FUNCTION void restore(const Where& mask, const Sum& before) {
    sum = select(convert_mask<Sum>(mask), before, sum);
  }
};

/// The weighting of the C program with oversample flags: as FirstValue, but the factors chosen in Tables::compounded
/// multiply the running sum after every term instead. Needs groups of one wavelength each, and the range of double.
struct Compounding {
  template <class Types>
  using Running = CompoundedSum<Types>;

  template <class Types, class PrecisionT>
  struct Factors : FirstValue::Factors<Types, PrecisionT> {
    using Base = FirstValue::Factors<Types, PrecisionT>;
    using typename Base::Geometry;
    using typename Base::Number;
    using typename Base::Sum;

    CompoundedFactors compounded;

    KOKKOS_FORCEINLINE_FUNCTION void begin(const Tables<PrecisionT>& tables, Running<Types>& running) {
      Base::begin(tables, running);
      compounded = tables.compounded;
      running.keep_empty_terms = tables.background_present;
    }

    template <class Ray>
    KOKKOS_FORCEINLINE_FUNCTION void direction(const Tables<PrecisionT>& tables, const kernel::Subpixel& sub,
                                               const Ray& ray) {
      Base::direction(tables, sub, ray);
      if (compounded.solid_angle) this->solid_angle = physics::solid_angle(tables.panel, ray.inverse_r);
      if (compounded.captured) {  // without thickness exp(0) - exp(0)
        this->captured = tables.layers.absorbing
                             ? physics::captured_in_layer(ray.cosine_to_normal(tables.panel), sub.layer,
                                                          tables.layers.attenuation_per_step)
                             : Geometry(Number(0));
      }
    }

    template <class Ray, class Visible>
    KOKKOS_FORCEINLINE_FUNCTION void source(const Tables<PrecisionT>& tables, const SourceGroup<Number>& group,
                                            const Ray& ray, const Visible& visible, Running<Types>& running) {
      if (compounded.polarization) {
        this->polarization = select(visible, ray.polarization(), this->polarization);
      } else {
        Base::source(tables, group, ray, visible, running);
      }
      running.factor = Sum(scalar_t<Sum>(1));
      if (compounded.captured) running.factor = running.factor * convert<Sum>(this->captured);
      if (compounded.polarization) running.factor = running.factor * convert<Sum>(this->polarization);
      if (compounded.solid_angle) running.factor = running.factor * convert<Sum>(this->solid_angle);
    }

    KOKKOS_FORCEINLINE_FUNCTION Sum pixel(const Tables<PrecisionT>& tables, const Running<Types>& running) const {
      Geometry rest{Number(1)};
      if (!compounded.captured && tables.layers.absorbing) rest = rest * this->captured;
      if (!compounded.polarization) rest = rest * this->polarization;
      if (!compounded.solid_angle) rest = rest * this->solid_angle;
      return fma(running.sum * convert<Sum>(rest), tables.scale, Sum(scalar_t<Sum>(0)));
    }
  };
};

static_assert(kernel::Weighting<Compounding>);

}  // namespace NBK_ISA
}  // namespace nbk::compat
