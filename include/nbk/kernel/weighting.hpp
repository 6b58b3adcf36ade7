// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/directions.hpp"

namespace nbk::kernel {

// How solid angle, polarisation and absorption weight the terms of a pixel. A weighting is a stateless type whose
// Factors collect the sum of one pack of pixels:
//   direction(t, layer, first, inverse_r, d)   a new sub-pixel or layer; `first`: of the pixel
//   source(t, group, d, visible)               a new incident direction; lanes not visible are culled in all
//   wavelengths add(term, weight)                          one evaluation restore(mask, before) takes the evaluations
//   since `before` back where the mask is set end_source(), pixel(t)                     the pixel's value

/// Nothing to weight: one layer, one sub-pixel, one ray (pixel.hpp has a function of its own for that).
struct SingleSample {};

/// Solid angle of the first sub-pixel, polarisation of the first source seen and absorption of the last layer weight
/// the whole sum: what nanoBragg.c does without its oversample flags.
struct FirstValue {
  template <class Types, class P>
  struct Factors {
    using G = typename Types::G;
    using L = typename Types::L;
    using A = typename Types::A;
    using S = scalar_t<G>;

    A sum;
    G solid_angle{S(0)}, polarization{S(0)}, captured{S(1)};

    KOKKOS_FORCEINLINE_FUNCTION explicit Factors(const Tables<P>& t)
        : sum(t.background), polarization(t.polarized ? S(0) : S(1)) {}

    KOKKOS_FORCEINLINE_FUNCTION void direction(const Tables<P>& t, int layer, bool first_of_pixel, bool first_of_layer,
                                               const G& inverse_r, const Vec3<G>& d) {
      if (first_of_pixel) solid_angle = physics::solid_angle(t.panel, inverse_r);
      if (t.layers.absorbing && first_of_layer && layer == t.layers.count - 1) {
        captured =
            physics::captured_fraction(physics::along(t.panel.normal, d), S(layer) * t.layers.attenuation_per_step,
                                       S(layer + 1) * t.layers.attenuation_per_step);
      }
    }

    template <class Visible>
    KOKKOS_FORCEINLINE_FUNCTION void source(const Tables<P>& t, const SourceGroup<S>& group, const Vec3<G>& d,
                                            const Visible& visible) {
      const auto missing = polarization == G(S(0)) && visible;
      if (!any(missing)) return;
      const auto incident = physics::broadcast<G>(group.incident);
      polarization =
          select(missing, physics::polarization_factor(incident, d, group.axes, t.kahn_factor), polarization);
    }

    KOKKOS_FORCEINLINE_FUNCTION void add(const Term<L>& term, S) {
      sum = fma(convert<A>(term.lattice), convert<A>(term.cell), sum);
    }

    template <class M>
    KOKKOS_FORCEINLINE_FUNCTION void restore(const M& mask, const A& before) {
      sum = select(convert_mask<A>(mask), before, sum);
    }

    KOKKOS_FORCEINLINE_FUNCTION void end_source() {}

    KOKKOS_FORCEINLINE_FUNCTION A pixel(const Tables<P>& t) const {
      return sum * convert<A>(captured * polarization * solid_angle) * t.scale;
    }
  };
};

/// As FirstValue, but the factors chosen in Tables::compounded multiply the running sum after every term instead: what
/// nanoBragg.c does with its oversample flags. Needs groups of one wavelength each.
struct Compounding {
  template <class Types, class P>
  struct Factors : FirstValue::Factors<Types, P> {
    using Base = FirstValue::Factors<Types, P>;
    using typename Base::A;
    using typename Base::G;
    using typename Base::L;
    using typename Base::S;

    CompoundedFactors compounded;
    bool keep_empty_terms;
    A factor{scalar_t<A>(1)};

    KOKKOS_FORCEINLINE_FUNCTION explicit Factors(const Tables<P>& t)
        : Base(t), compounded(t.compounded), keep_empty_terms(t.background_present) {}

    KOKKOS_FORCEINLINE_FUNCTION void direction(const Tables<P>& t, int layer, bool first_of_pixel, bool first_of_layer,
                                               const G& inverse_r, const Vec3<G>& d) {
      Base::direction(t, layer, first_of_pixel || compounded.solid_angle, first_of_layer, inverse_r, d);
      if (t.layers.absorbing && compounded.captured) {
        this->captured =
            physics::captured_fraction(physics::along(t.panel.normal, d), S(layer) * t.layers.attenuation_per_step,
                                       S(layer + 1) * t.layers.attenuation_per_step);
      } else if (compounded.captured) {
        this->captured = G(S(0));  // no thickness: exp(0) - exp(0)
      }
    }

    template <class Visible>
    KOKKOS_FORCEINLINE_FUNCTION void source(const Tables<P>& t, const SourceGroup<S>& group, const Vec3<G>& d,
                                            const Visible& visible) {
      if (compounded.polarization) {
        const auto incident = physics::broadcast<G>(group.incident);
        this->polarization =
            select(visible, physics::polarization_factor(incident, d, group.axes, t.kahn_factor), this->polarization);
      } else {
        Base::source(t, group, d, visible);
      }
      factor = A(scalar_t<A>(1));
      if (compounded.captured) factor = factor * convert<A>(this->captured);
      if (compounded.polarization) factor = factor * convert<A>(this->polarization);
      if (compounded.solid_angle) factor = factor * convert<A>(this->solid_angle);
    }

    KOKKOS_FORCEINLINE_FUNCTION void add(const Term<L>& term, S) {
      const A next = fma(convert<A>(term.lattice), convert<A>(term.cell), this->sum) * factor;
      const auto skipped = convert_mask<A>(term.lattice == L(scalar_t<L>(0)));
      this->sum = keep_empty_terms ? next : select(skipped, this->sum, next);
    }

    KOKKOS_FORCEINLINE_FUNCTION A pixel(const Tables<P>& t) const {
      G rest{S(1)};
      if (!compounded.captured) rest = rest * this->captured;
      if (!compounded.polarization) rest = rest * this->polarization;
      if (!compounded.solid_angle) rest = rest * this->solid_angle;
      return this->sum * convert<A>(rest) * t.scale;
    }
  };
};

/// Every term has its own sub-pixel's solid angle, its own source's polarisation and weight, and its own layer's
/// absorption: what is physically meant.
struct PerTerm {
  template <class Types, class P>
  struct Factors {
    using G = typename Types::G;
    using L = typename Types::L;
    using A = typename Types::A;
    using S = scalar_t<G>;

    A sum{scalar_t<A>(0)};  // of the current source direction
    A total{scalar_t<A>(0)};
    A background{scalar_t<A>(0)};
    G geometric{S(1)}, polarization{S(1)};
    scalar_t<A> background_share;

    KOKKOS_FORCEINLINE_FUNCTION explicit Factors(const Tables<P>& t) : background_share(t.background) {}

    KOKKOS_FORCEINLINE_FUNCTION void direction(const Tables<P>& t, int layer, bool, bool, const G& inverse_r,
                                               const Vec3<G>& d) {
      geometric = physics::solid_angle(t.panel, inverse_r);
      if (t.layers.absorbing) {
        geometric = geometric * physics::captured_fraction(physics::along(t.panel.normal, d),
                                                           S(layer) * t.layers.attenuation_per_step,
                                                           S(layer + 1) * t.layers.attenuation_per_step);
      }
    }

    template <class Visible>
    KOKKOS_FORCEINLINE_FUNCTION void source(const Tables<P>& t, const SourceGroup<S>& group, const Vec3<G>& d,
                                            const Visible&) {
      if (t.polarized) {
        polarization =
            physics::polarization_factor(physics::broadcast<G>(group.incident), d, group.axes, t.kahn_factor);
      }
      S weight(0);
      if (t.background_present) {
        for (int w = group.first; w < group.first + group.count; ++w) weight = weight + t.waves[w].weight;
      }
      sum = A(background_share * static_cast<scalar_t<A>>(weight));
    }

    KOKKOS_FORCEINLINE_FUNCTION void add(const Term<L>& term, S weight) {
      sum = fma(convert<A>(term.lattice * static_cast<scalar_t<L>>(weight)), convert<A>(term.cell), sum);
    }

    template <class M>
    KOKKOS_FORCEINLINE_FUNCTION void restore(const M& mask, const A& before) {
      sum = select(convert_mask<A>(mask), before, sum);
    }

    KOKKOS_FORCEINLINE_FUNCTION void end_source() { total = fma(sum, convert<A>(geometric * polarization), total); }

    KOKKOS_FORCEINLINE_FUNCTION A pixel(const Tables<P>& t) const { return total * t.scale; }
  };
};

}  // namespace nbk::kernel
