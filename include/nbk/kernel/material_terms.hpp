// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/per_term.hpp"
#include "nbk/kernel/pixel_kernel.hpp"
#include "nbk/kernel/row_functions.hpp"
#include "nbk/physics/radial_table.hpp"

namespace nbk::kernel {
inline namespace NBK_ISA {

/// The terms of materials without crystalline order, as SourceTerms are those of a crystal: one of each pack, source
/// direction and wavelength. They depend on no lattice shape, so one kernel of a precision serves all crystals.
template <class Types, class PrecisionT>
class MaterialTerms {
 public:
  using Geometry = typename Types::Geometry;
  using Lattice = typename Types::Lattice;
  using Sum = typename Types::Sum;
  using Number = scalar_t<Geometry>;

  KOKKOS_FORCEINLINE_FUNCTION void place(const Tables<PrecisionT>&, int, int, const Subpixel&) {}
  void place_anywhere(const Tables<PrecisionT>&, int, const Vec3<Geometry>*, bool) {}

  /// Adds the terms of a source direction.
  KOKKOS_FORCEINLINE_FUNCTION void add(const Tables<PrecisionT>& tables, const SourceGroup<Number>& group,
                                       const ScatteringVectors<Geometry>& vectors, WeightedSum<Types>* running) {
    for (int i = 0; i < vectors.packs; ++i) {
      const Geometry half = sqrt(dot(vectors.q[i], vectors.q[i])) * Number(0.5);
      for (int w = group.first; w < group.first + group.count; ++w) {
        const Wave<Number> wave = tables.waves[w];
        const Geometry stol_per_A = group.count > 1 ? half * wave.inverse_wavelength_per_A : half;
        const Sum intensity = convert<Sum>(physics::radial_value<Lattice>(tables.materials, stol_per_A));
        running[i].sum = fma(intensity, Sum(static_cast<scalar_t<Sum>>(wave.weight)), running[i].sum);
      }
    }
  }
};

/// RowFunctions of materials, for packs of `Width` pixels.
template <int Width, class PrecisionT>
class MaterialRows {
 public:
  static RowFunctions<PrecisionT> get() { return {block, listed, nullptr, most_packs}; }

 private:
  static constexpr int most_packs = 4;  // few enough to stay in the nearest cache, enough to overlap

  using Sum = typename PrecisionT::Accumulate;
  using Types = Packs<PrecisionT, Width>;
  using Geometry = typename Types::Geometry;

  // Of listed pixels the terms are called, so that the rest is that of spots, compiled once.
  using Called = CalledTerms<WeightedSum<Types>, Types, PrecisionT>;

  static void block(const Tables<PrecisionT>& tables, PixelPlace from, int packs, Sum* to) {
    PlacesInRow<Geometry, Width> places(from);
    MaterialTerms<Types, PrecisionT> terms;
    compute_block<PerTerm, Width, most_packs>(tables, terms, places, packs, to);
  }

  static void listed(const Tables<PrecisionT>& tables, const ListedBlock& block, Sum* to) {
    ListedPlaces<PrecisionT, Width> places(block);
    MaterialTerms<Types, PrecisionT> terms;
    Called called(tables, terms);
    compute_placed<PerTerm>(tables, called, places, block.packs, to);
  }
};

/// Computes one pixel of materials per index, of the window or of the list: for devices.
template <class PrecisionT>
struct MaterialPixelKernel {
  Tables<PrecisionT> tables;
  ImageRows image;

  KOKKOS_INLINE_FUNCTION void operator()(std::int64_t index) const {
    compute_pixel<MaterialTerms<Packs<PrecisionT, 1>, PrecisionT>, PerTerm>(tables, image, index);
  }
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
