// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/block_sizes.hpp"
#include "nbk/kernel/called_terms.hpp"
#include "nbk/kernel/pixel_block.hpp"

/// \file
/// The functions of a SegmentKernel. What depends on the scatterer and what depends on the weighting are compiled on
/// their own, so that a program with all of them has a sum of both and not a product.

namespace nbk::kernel {
inline namespace NBK_ISA {

/// The physics of a kernel for hosts.
template <class PrecisionT>
struct RowFunctions {
  using Sum = typename PrecisionT::Accumulate;

  /// Computes up to `most_packs` packs of pixels from one on, in photons.
  void (*block)(const Tables<PrecisionT>& tables, PixelPlace from, int packs, Sum* to) = nullptr;
  /// The same of listed pixels, `most_packs` packs at most.
  void (*listed)(const Tables<PrecisionT>& tables, const ListedBlock& block, Sum* to) = nullptr;
  /// The same on a line; nullptr without has_lines.
  void (*line)(const Tables<PrecisionT>& tables, const LineSamples<PrecisionT>& samples, int fast, int packs,
               Sum* to) = nullptr;
  int most_packs = 1;
};

/// Stores packs of photons. Not a lambda: nvcc takes one that is made here for host code, and warns where the physics
/// of both sides calls it.
template <int Width, class Number>
struct StorePacks {
  Number* to;

  template <class Sum>
  KOKKOS_FORCEINLINE_FUNCTION void operator()(int i, const Sum& photons) const {
    store(photons, to + i * Width);
  }
};

/// The part of RowFunctions::block that knows no scatterer.
/// \param places  PlacesInRow or PlacedPacks
template <Weighting WeightingT, int Width, int MostPacks, class PrecisionT, class TermsT, class Places>
[[gnu::noinline]] void compute_block(const Tables<PrecisionT>& tables, TermsT& terms, Places& places, int packs,
                                     typename PrecisionT::Accumulate* to) {
  // A copy of its own, which no store can change: its values stay in registers.
  const Tables<PrecisionT> own = tables;
  PixelBlock<TermsT, WeightingT, Width, MostPacks, PrecisionT>::compute(
      own, terms, places, packs, StorePacks<Width, typename PrecisionT::Accumulate>{to});
}

/// The part of RowFunctions::listed that knows no scatterer, and of tiles.
template <Weighting WeightingT, int Width, class PrecisionT, class TermsT>
void compute_placed(const Tables<PrecisionT>& tables, TermsT& terms, PlacedPacks<PrecisionT, Width>& places, int packs,
                    typename PrecisionT::Accumulate* to) {
  compute_block<WeightingT, Width, PlacedPacks<PrecisionT, Width>::most_packs>(tables, terms, places, packs, to);
}

/// The part of RowFunctions::line that knows no scatterer.
template <Weighting WeightingT, int Width, int MostPacks, class PrecisionT, class TermsT>
[[gnu::noinline]] void compute_line(const Tables<PrecisionT>& tables, TermsT& terms,
                                    const LineSamples<PrecisionT>& samples, int fast, int packs,
                                    typename PrecisionT::Accumulate* to) {
  const Tables<PrecisionT> own = tables;
  LineBlock<TermsT, WeightingT, Width, MostPacks, PrecisionT>::compute(
      own, terms, samples, fast, packs, StorePacks<Width, typename PrecisionT::Accumulate>{to});
}

/// RowFunctions of a scatterer and a weighting, for packs of `Width` pixels.
template <Scatterer ScattererT, Weighting WeightingT, int Width, class PrecisionT>
class RowFunctionsOf {
 public:
  static RowFunctions<PrecisionT> get() {
    RowFunctions<PrecisionT> functions{block, listed, nullptr, most_packs};
    if constexpr (has_lines<ScattererT, PrecisionT>) functions.line = line;
    return functions;
  }

 private:
  static constexpr int most_packs = packs_per_block<ScattererT, PrecisionT>;
  static constexpr int line_packs = packs_per_line_block<ScattererT, PrecisionT>;
  static constexpr int width_on_lines = line_width<Width>;

  using Sum = typename PrecisionT::Accumulate;
  using Types = Packs<PrecisionT, Width>;
  using Geometry = typename Types::Geometry;
  using Running = typename WeightingT::template Running<Types>;

  static void block(const Tables<PrecisionT>& tables, PixelPlace from, int packs, Sum* to) {
    PlacesInRow<Geometry, Width> places(from);
    SourceTerms<ScattererT, Running, Types, most_packs, PrecisionT> terms;
    CalledTerms<Running, Types, PrecisionT> called(tables, terms);
    compute_block<WeightingT, Width, most_packs>(tables, called, places, packs, to);
  }

  static void listed(const Tables<PrecisionT>& tables, const ListedBlock& block, Sum* to) {
    ListedPlaces<PrecisionT, Width> places(block);
    SourceTerms<ScattererT, Running, Types, most_packs, PrecisionT> terms;
    CalledTerms<Running, Types, PrecisionT> called(tables, terms);
    compute_placed<WeightingT>(tables, called, places, block.packs, to);
  }

  static void line(const Tables<PrecisionT>& tables, const LineSamples<PrecisionT>& samples, int fast, int packs,
                   Sum* to) {
    using TypesOnLines = Packs<PrecisionT, width_on_lines>;
    using RunningOnLines = typename WeightingT::template Running<TypesOnLines>;
    using Terms = LineTerms<ScattererT, RunningOnLines, TypesOnLines, line_packs, PrecisionT>;
    if constexpr (line_packs > 1) {
      Terms terms;
      CalledLineTerms<RunningOnLines, TypesOnLines, PrecisionT> called(tables, terms);
      compute_line<WeightingT, width_on_lines, line_packs>(tables, called, samples, fast, packs, to);
    } else {
      // Not in stages, so all physics is in this one function.
      const Tables<PrecisionT> own = tables;
      for (int i = 0; i < packs; ++i) {
        Terms terms;
        LineBlock<Terms, WeightingT, width_on_lines, 1, PrecisionT>::compute(
            own, terms, samples, fast + i * width_on_lines, 1,
            StorePacks<width_on_lines, Sum>{to + i * width_on_lines});
      }
    }
  }
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
