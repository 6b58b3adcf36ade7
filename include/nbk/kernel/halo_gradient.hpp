// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/gradient_pieces.hpp"
#include "nbk/kernel/halo_evaluation.hpp"

#include <cstddef>

/// \file
/// Derivatives of a crystal's image with diffuse scattering, for hosts: the sums of the spots by the kernel that they
/// have without it, and those of the halos added to them pixel by pixel. Devices have kernel/halo_pixel.hpp.

namespace nbk::kernel {
inline namespace NBK_ISA {

/// The terms of halos of one source direction with their derivatives, as GradientTerms are those of spots.
template <class Types, int MostPacks, class PrecisionT>
class HaloGradientTerms {
 public:
  using Geometry = typename Types::Geometry;
  using Value = typename Types::Lattice;
  using Number = scalar_t<Geometry>;
  using T = scalar_t<Value>;
  using Totals = SourceSums<AllSums, Value>;
  using Own = physics::DiffuseSums;

  /// True: each term has the factors of its source direction.
  static constexpr bool applies_factors = true;

  explicit HaloGradientTerms(int packs) {
    for (int i = 0; i < packs; ++i) {
      for (Value& sum : m_own[i]) sum = Value(T(0));
    }
  }

  /// The sums of a pack that are those of diffuse scattering alone.
  const Value* own(int pack) const { return static_cast<const Value*>(m_own[pack]); }

  /// Goes to a new sub-pixel.
  void place(const Tables<PrecisionT>&, const ScatteredPlaces<Geometry, MostPacks>&, const Subpixel&) {}

  /// Adds the terms of a source direction to `totals`.
  void add(const Tables<PrecisionT>& tables, const DerivativeTables<PrecisionT>& more, const SourceGroup<Number>& group,
           int packs, const PackInSource<Types>* in, Totals* totals) {
    for (int i = 0; i < packs; ++i) {
      for (int o = 0; o < tables.orientation_count; ++o) {
        if (group.count == 1) {
          const Evaluation one{tables, more, tables.waves[group.first], o};
          add_one(one, IndicesOfOrientation<Geometry>{tables.orientations[o], in[i].q}, in[i], i, totals[i]);
          continue;
        }
        const Vec3<Geometry> scaled = physics::miller_indices(tables.orientations[o], in[i].q);
        for (int w = group.first; w < group.first + group.count; ++w) {
          const Evaluation one{tables, more, tables.waves[w], o};
          add_one(one, IndicesOfWavelength<Geometry>{scaled, one.wave.inverse_wavelength_per_A}, in[i], i, totals[i]);
        }
      }
    }
  }

 private:
  using Evaluation = HaloEvaluation<Types, PrecisionT>;

  /// A function of its own, because two places call it.
  template <class Indices>
  [[gnu::noinline]] void add_one(const Evaluation& one, const Indices& indices, const PackInSource<Types>& in, int pack,
                                 Totals& to) {
    one.add(indices, in, m_stencils[pack], to, static_cast<Value*>(m_own[pack]));
  }

  physics::StencilState<Geometry, Value> m_stencils[static_cast<std::size_t>(MostPacks)];
  Value m_own[static_cast<std::size_t>(MostPacks)][static_cast<std::size_t>(Own::own)];
};

/// The physics of halos with their derivatives.
template <int Width, class PrecisionT>
struct HaloGradientFunction {
  using Types = Packs<PrecisionT, Width>;
  using Value = typename Types::Sum;
  using Places = ScatteredPlaces<typename Types::Geometry, gradient_packs>;
  using At = physics::PixelSums;

  /// Computes the sums of pixels, [pack][sum].
  /// \param spots  the sums of the spots
  [[gnu::noinline]] static void compute(const Tables<PrecisionT>& tables, const DerivativeTables<PrecisionT>& more,
                                        const Places& at, const Value (*spots)[AllSums::count],
                                        Value (*sums)[HaloSums::count]) {
    using Terms = HaloGradientTerms<Types, gradient_packs, PrecisionT>;
    Value halos[static_cast<std::size_t>(gradient_packs)][AllSums::count];
    Terms terms(at.packs);
    GradientBlock<AllSums, Terms, Width, gradient_packs, PrecisionT>::compute(tables, more, terms, at, halos);
    for (int i = 0; i < at.packs; ++i) {
      for (int s = 0; s < AllSums::count; ++s) sums[i][s] = spots[i][s] + halos[i][s];
      sums[i][At::constant] = spots[i][At::constant];
      for (int s = 0; s < physics::DiffuseSums::own; ++s)
        sums[i][physics::DiffuseSums::halo + s] = terms.own(i)[s] * tables.scale;
    }
  }
};

/// The physics of both, for GradientPieces.
template <int Width, class PrecisionT>
struct GradientFunction<HaloSums, Width, PrecisionT> {
  using OfSpots = GradientFunction<AllSums, Width, PrecisionT>;
  using Types = typename OfSpots::Types;
  using Value = typename OfSpots::Value;
  using List = typename OfSpots::List;
  using Places = typename OfSpots::Places;
  using Stages = typename OfSpots::Stages;

  /// Computes the sums of pixels, [pack][sum].
  /// \param list  memory
  static void compute(const Tables<PrecisionT>& tables, const DerivativeTables<PrecisionT>& more, const Stages& stages,
                      List& list, const Places& at, const SeenTasks* seen, Value (*sums)[HaloSums::count]) {
    Value spots[static_cast<std::size_t>(gradient_packs)][AllSums::count];
    OfSpots::compute(tables, more, stages, list, at, seen, spots);
    HaloGradientFunction<Width, PrecisionT>::compute(tables, more, at, spots, sums);
  }
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
