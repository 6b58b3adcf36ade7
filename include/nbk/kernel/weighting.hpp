// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/subpixel.hpp"
#include "nbk/kernel/term.hpp"
#include "nbk/physics/absorption.hpp"
#include "nbk/physics/solid_angle.hpp"
#include "nbk/simd/isa.hpp"

/// \file
/// How solid angle, polarisation and absorption weight the terms of a pixel. A weighting is a stateless type whose
/// Factors collect the sum of one pack of pixels:
///
///     counts_empty_terms              whether a term of 0 changes the sum (of the type, not of its Factors)
///     begin(t)                        a new pixel
///     direction(t, sub, ray)          a new sub-pixel or layer: inverse_r, cosine_to_normal(panel)
///     source(t, group, ray, visible)  a new incident direction: polarization(); lanes not visible are culled in all
///                                     wavelengths
///     add(term, weight)               one evaluation
///     restore(mask, before)           takes evaluations back where the mask is set; `before` was `sum` before them
///     end_source()
///     pixel(t)                        the pixel's value

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Share of the photons that a layer captures from a ray at this cosine to its normal.
template <class G, class P>
KOKKOS_FORCEINLINE_FUNCTION G captured_in_layer(const Tables<P>& t, int layer, const G& cosine_to_normal) {
  return physics::captured_in_layer(cosine_to_normal, layer, t.layers.attenuation_per_step);
}

/// Solid angle of the first sub-pixel, polarisation of the first source seen and absorption of the last layer weight
/// the whole sum: what nanoBragg.c does without its oversample flags.
struct FirstValue {
  static constexpr bool counts_empty_terms = false;

  template <class Types, class P>
  struct Factors {
    using G = typename Types::G;
    using L = typename Types::L;
    using A = typename Types::A;
    using S = scalar_t<G>;

    A sum;
    G solid_angle, polarization, captured;

    KOKKOS_FORCEINLINE_FUNCTION void begin(const Tables<P>& t) {
      sum = A(t.background);
      polarization = G(t.polarized ? S(0) : S(1));  // 0: not known yet
    }

    template <class Ray>
    KOKKOS_FORCEINLINE_FUNCTION void direction(const Tables<P>& t, const Subpixel& sub, const Ray& ray) {
      if (sub.first_of_pixel()) solid_angle = physics::solid_angle(t.panel, ray.inverse_r);
      if (t.layers.absorbing && sub.first_of_layer() && sub.layer == t.layers.count - 1) {
        captured = captured_in_layer(t, sub.layer, ray.cosine_to_normal(t.panel));
      }
    }

    template <class Ray, class Visible>
    KOKKOS_FORCEINLINE_FUNCTION void source(const Tables<P>&, const SourceGroup<S>&, const Ray& ray,
                                            const Visible& visible) {
      const auto missing = polarization == G(S(0)) && visible;
      if (!any(missing)) return;
      polarization = select(missing, ray.polarization(), polarization);
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
      G factor = polarization * solid_angle;
      if (t.layers.absorbing) factor = factor * captured;
      return fma(sum * convert<A>(factor), t.scale, A(scalar_t<A>(0)));  // + 0: no negative zeros, as in the C program
    }
  };
};

/// As FirstValue, but the factors chosen in Tables::compounded multiply the running sum after every term instead: what
/// nanoBragg.c does with its oversample flags. Needs groups of one wavelength each, and the range of double.
struct Compounding {
  static constexpr bool counts_empty_terms = true;

  template <class Types, class P>
  struct Factors : FirstValue::Factors<Types, P> {
    using Base = FirstValue::Factors<Types, P>;
    using typename Base::A;
    using typename Base::G;
    using typename Base::L;
    using typename Base::S;

    CompoundedFactors compounded;
    bool keep_empty_terms = false;
    A factor;

    KOKKOS_FORCEINLINE_FUNCTION void begin(const Tables<P>& t) {
      Base::begin(t);
      compounded = t.compounded;
      keep_empty_terms = t.background_present;
    }

    template <class Ray>
    KOKKOS_FORCEINLINE_FUNCTION void direction(const Tables<P>& t, const Subpixel& sub, const Ray& ray) {
      Base::direction(t, sub, ray);
      if (compounded.solid_angle) this->solid_angle = physics::solid_angle(t.panel, ray.inverse_r);
      if (compounded.captured) {  // without thickness exp(0) - exp(0)
        this->captured = t.layers.absorbing ? captured_in_layer(t, sub.layer, ray.cosine_to_normal(t.panel)) : G(S(0));
      }
    }

    template <class Ray, class Visible>
    KOKKOS_FORCEINLINE_FUNCTION void source(const Tables<P>& t, const SourceGroup<S>& group, const Ray& ray,
                                            const Visible& visible) {
      if (compounded.polarization) {
        this->polarization = select(visible, ray.polarization(), this->polarization);
      } else {
        Base::source(t, group, ray, visible);
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
      if (!compounded.captured && t.layers.absorbing) rest = rest * this->captured;
      if (!compounded.polarization) rest = rest * this->polarization;
      if (!compounded.solid_angle) rest = rest * this->solid_angle;
      return fma(this->sum * convert<A>(rest), t.scale, A(scalar_t<A>(0)));
    }
  };
};

/// Every term has its own sub-pixel's solid angle, its own source's polarisation and weight, and its own layer's
/// absorption: what is physically meant.
struct PerTerm {
  static constexpr bool counts_empty_terms = false;

  template <class Types, class P>
  struct Factors {
    using G = typename Types::G;
    using L = typename Types::L;
    using A = typename Types::A;
    using S = scalar_t<G>;

    A sum;  // of the current source direction
    A total;
    G geometric, polarization;
    scalar_t<A> background = 0;

    KOKKOS_FORCEINLINE_FUNCTION void begin(const Tables<P>& t) {
      total = A(scalar_t<A>(0));
      polarization = G(S(1));
      background = t.background;
    }

    template <class Ray>
    KOKKOS_FORCEINLINE_FUNCTION void direction(const Tables<P>& t, const Subpixel& sub, const Ray& ray) {
      geometric = physics::solid_angle(t.panel, ray.inverse_r);
      G cosine(S(1));  // rays meet a sphere about their source at right angles
      if (!t.panel.curved) {
        cosine = ray.cosine_to_normal(t.panel);
      } else if (!t.panel.point_pixel) {
        geometric = geometric * ray.narrowing(t.panel);
      }
      if (t.layers.absorbing) geometric = geometric * captured_in_layer(t, sub.layer, cosine);
    }

    template <class Ray, class Visible>
    KOKKOS_FORCEINLINE_FUNCTION void source(const Tables<P>& t, const SourceGroup<S>& group, const Ray& ray,
                                            const Visible&) {
      if (t.polarized) polarization = ray.polarization();
      S weight(0);
      if (t.background_present) {
        for (int w = group.first; w < group.first + group.count; ++w) weight = weight + t.waves[w].weight;
      }
      sum = A(background * static_cast<scalar_t<A>>(weight));
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

}  // namespace NBK_ISA
}  // namespace nbk::kernel
