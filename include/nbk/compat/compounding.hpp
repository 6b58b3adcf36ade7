// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/compat/first_value.hpp"

namespace nbk::compat {
inline namespace NBK_ISA {

/// The weighting of the C program with oversample flags: as FirstValue, but the factors chosen in Tables::compounded
/// multiply the running sum after every term instead. Needs groups of one wavelength each, and the range of double.
struct Compounding {
  static constexpr bool counts_empty_terms = true;

  template <class Types, class PrecisionT>
  struct Factors : FirstValue::Factors<Types, PrecisionT> {
    using Base = FirstValue::Factors<Types, PrecisionT>;
    using typename Base::Geometry;
    using typename Base::Lattice;
    using typename Base::Number;
    using typename Base::Sum;

    CompoundedFactors compounded;
    bool keep_empty_terms = false;
    Sum factor;

    KOKKOS_FORCEINLINE_FUNCTION void begin(const Tables<PrecisionT>& tables) {
      Base::begin(tables);
      compounded = tables.compounded;
      keep_empty_terms = tables.background_present;
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
                                            const Ray& ray, const Visible& visible) {
      if (compounded.polarization) {
        this->polarization = select(visible, ray.polarization(), this->polarization);
      } else {
        Base::source(tables, group, ray, visible);
      }
      factor = Sum(scalar_t<Sum>(1));
      if (compounded.captured) factor = factor * convert<Sum>(this->captured);
      if (compounded.polarization) factor = factor * convert<Sum>(this->polarization);
      if (compounded.solid_angle) factor = factor * convert<Sum>(this->solid_angle);
    }

    KOKKOS_FORCEINLINE_FUNCTION void add(const kernel::Term<Lattice>& term, Number) {
      const Sum next = fma(convert<Sum>(term.lattice), convert<Sum>(term.structure), this->sum) * factor;
      const auto skipped = convert_mask<Sum>(term.lattice == Lattice(scalar_t<Lattice>(0)));
      this->sum = keep_empty_terms ? next : select(skipped, this->sum, next);
    }

    KOKKOS_FORCEINLINE_FUNCTION Sum pixel(const Tables<PrecisionT>& tables) const {
      Geometry rest{Number(1)};
      if (!compounded.captured && tables.layers.absorbing) rest = rest * this->captured;
      if (!compounded.polarization) rest = rest * this->polarization;
      if (!compounded.solid_angle) rest = rest * this->solid_angle;
      return fma(this->sum * convert<Sum>(rest), tables.scale, Sum(scalar_t<Sum>(0)));
    }
  };
};

static_assert(kernel::Weighting<Compounding>);

}  // namespace NBK_ISA
}  // namespace nbk::compat
