// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/gradient_pixel.hpp"
#include "nbk/kernel/halo_evaluation.hpp"

#include <cstddef>
#include <cstdint>

/// \file
/// Derivatives of halos where a thread computes one pixel: on devices. They are added to those of the spots, which
/// another kernel has computed. Halos know neither the shape nor how F is interpolated, so that one kernel of a
/// precision serves all crystals.

namespace nbk::kernel {
inline namespace NBK_ISA {

/// The terms of halos of one pixel, an evaluation at a time, as HaloGradientTerms are those of packs.
template <class PrecisionT>
class SingleHaloTerms {
 public:
  using Types = Packs<PrecisionT, 1>;
  using Geometry = typename Types::Geometry;
  using Value = typename Types::Lattice;
  using Totals = SourceSums<AllSums, Value>;
  using Own = physics::DiffuseSums;

  static constexpr bool applies_factors = true;  ///< see SinglePixelTerms

  KOKKOS_FORCEINLINE_FUNCTION SingleHaloTerms() {
    for (Value& sum : m_own) sum = Value(0);
  }

  /// The sums that are those of diffuse scattering alone.
  KOKKOS_FORCEINLINE_FUNCTION const Value* own() const { return m_own; }

  /// Goes to a new sub-pixel.
  KOKKOS_FORCEINLINE_FUNCTION void place(const Tables<PrecisionT>&, const ScatteredPlaces<Geometry, 1>&,
                                         const Subpixel&) {}

  /// Adds the terms of a source direction to `totals`, which the caller has cleared.
  KOKKOS_FORCEINLINE_FUNCTION void add(const Tables<PrecisionT>& tables, const DerivativeTables<PrecisionT>& more,
                                       const SourceGroup<Geometry>& group, int, const PackInSource<Types>* in,
                                       Totals* totals) {
    for_each_evaluation<Everywhere, Value>(
        tables, group, in->q, [&](int orientation, const Wave<Geometry>& wave, const auto& indices) {
          const HaloEvaluation<Types, PrecisionT> one{tables, more, wave, orientation};
          one.add(indices, *in, m_stencil, *totals, static_cast<Value*>(m_own));
        });
  }

 private:
  struct Everywhere {
    static constexpr bool compact = false;
  };

  physics::StencilState<Geometry, Value> m_stencil;
  Value m_own[static_cast<std::size_t>(Own::own)];
};

/// Adds the halos of one pixel per index, and their derivatives, to the results of GradientPixel.
template <class PrecisionT, class TI, class TD>
struct HaloPixel {
  using At = physics::PixelSums;
  using Own = physics::DiffuseSums;

  PixelResults<PrecisionT, TI, TD> to;
  const double* own_coefficients = nullptr;  ///< [parameter][sum of DiffuseSums, from its first place on]

  KOKKOS_INLINE_FUNCTION void operator()(std::int64_t index) const {
    using Value = typename Packs<PrecisionT, 1>::Sum;
    const PixelPlace place = to.positions.place(to.tables, index);
    if (!is_wanted(to.tables, place)) return;
    Value sums[1][static_cast<std::size_t>(AllSums::count)];
    SingleHaloTerms<PrecisionT> terms;
    to.template compute<AllSums>(place, terms, sums);
    sums[0][At::constant] = Value(0);  // which the spots have
    const std::int64_t result = to.place_of(index);
    if (to.image != nullptr) to.image[result] += static_cast<TI>(sums[0][At::image]);
    for (int p = 0; p < to.parameters; ++p) {
      double own = 0;
      for (int s = 0; s < Own::own; ++s)
        own = fma(own_coefficients[p * Own::own + s], static_cast<double>(terms.own()[s]), own);
      const double total = fma(own, static_cast<double>(to.tables.scale), to.template derivative<AllSums>(p, sums[0]));
      to.derivatives[p * to.parameter_stride + result] += static_cast<TD>(total);
    }
  }
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
