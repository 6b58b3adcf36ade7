// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/evaluation_adder.hpp"
#include "nbk/kernel/scattered_places.hpp"
#include "nbk/kernel/single_evaluations.hpp"

namespace nbk::kernel {
inline namespace NBK_ISA {

/// GradientTerms of one pixel, an evaluation at a time: for devices, whose threads hide each other's latency.
template <class Sums, DifferentiableShape ShapeT, StructureFactorLookup LookupT, class PrecisionT>
class SinglePixelTerms {
 public:
  using Types = Packs<PrecisionT, 1>;
  using Geometry = typename Types::Geometry;
  using Value = typename Types::Lattice;
  using Totals = SourceSums<Sums, Value>;

  /// True: each term of the strain, the cells, the wavelength and the twists has the factors of its source direction,
  /// so that these sums need no second set of registers.
  static constexpr bool applies_factors = true;

  /// Goes to a new sub-pixel.
  KOKKOS_FORCEINLINE_FUNCTION void place(const Tables<PrecisionT>&, const ScatteredPlaces<Geometry, 1>&,
                                         const Subpixel&) {}

  /// Adds the terms of a source direction to `totals`, which the caller has cleared.
  KOKKOS_FORCEINLINE_FUNCTION void add(const Tables<PrecisionT>& tables, const DerivativeTables<PrecisionT>& more,
                                       const SourceGroup<Geometry>& group, int, const PackInSource<Types>* in,
                                       Totals* totals) {
    for_each_evaluation<ShapeT, Value>(tables, group, in->q,
                                       [&](int orientation, const Wave<Geometry>& wave, const auto& indices) {
                                         add_one({tables, more, wave, orientation}, indices, *in, *totals);
                                       });
  }

 private:
  struct Evaluation {
    const Tables<PrecisionT>& tables;
    const DerivativeTables<PrecisionT>& more;
    const Wave<Geometry>& wave;
    int orientation;
  };

  template <class Indices>
  KOKKOS_FORCEINLINE_FUNCTION void add_one(const Evaluation& one, const Indices& indices, const PackInSource<Types>& in,
                                           Totals& to) {
    const Tables<PrecisionT>& tables = one.tables;
    SplitIndices<Geometry, Value> at;
    if (!split_counted<ShapeT>(tables, in.length, one.wave, indices, at)) return;
    const auto lattice =
        InlinedStages<ShapeT, LookupT, Sums>::template slopes_at<Geometry>(tables.lattice, at.rest, Value(1));
    const auto structure = structure_at(one, at.value, at.nearest);
    const auto weight = static_cast<Value>(one.wave.weight);
    const Value factor = structure.value * weight;
    to.energy = fma(factor, lattice.value, to.energy);
    Vec3<Value> v = factor * lattice.by_index;
    if constexpr (physics::varies_between_nodes<LookupT>) add_scaled(lattice.value * weight, structure.by_index, v);
    const Vec3<Value> index{convert<Value>(at.value.x), convert<Value>(at.value.y), convert<Value>(at.value.z)};
    add_product(in.factor * v, index, to.strain);
    if constexpr (Sums::everything) {
      constexpr int cells = InlinedStages<ShapeT, LookupT, Sums>::cells;
      for (int i = 0; i < cells; ++i) to.cells[i] = fma(in.factor * factor, lattice.by_cells[i], to.cells[i]);
      const Vec3<Value> scaled = static_cast<Value>(one.wave.inverse_wavelength_per_A) * v;
      to.wavelength = fma(in.factor, fused_dot(scaled, index), to.wavelength);
      const Vec3<Value> u = moved(one.more.orientations[one.orientation], scaled);
      to.push += u;
      add_twists(one.more, one.orientation, in.difference, in.factor * u, static_cast<Value*>(to.twist));
    }
  }

  KOKKOS_FORCEINLINE_FUNCTION physics::StructureSlopes<Value> structure_at(const Evaluation& one,
                                                                           const Vec3<Geometry>& hkl,
                                                                           const Vec3<Geometry>& nearest) {
    if constexpr (requires { m_state.set_offset; }) {
      const std::ptrdiff_t offset = one.wave.structure_factor_set * one.tables.structure_factors.step_of_set;
      if (m_state.set_offset != offset) {
        m_state = {};
        m_state.set_offset = offset;
      }
    }
    return physics::StructureSlopesOf<LookupT, Geometry, Value>::get(one.tables.structure_factors, m_state, hkl,
                                                                     nearest);
  }

  typename LookupT::template State<Geometry, Value> m_state;
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
