// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/gradient_block.hpp"
#include "nbk/kernel/pixel_pieces.hpp"
#include "nbk/kernel/seen_spots.hpp"

#include <cstddef>
#include <cstdint>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// The physics of a GradientPieces. Compiled once for a set of sums in a precision.
template <class Sums, int Width, class PrecisionT>
struct GradientFunction {
  using Types = Packs<PrecisionT, Width>;
  using Value = typename Types::Sum;
  using List = Evaluations<Types, most_evaluations>;
  using Stages = CalledStages<typename PrecisionT::Lattice, List>;
  using Places = ScatteredPlaces<typename Types::Geometry, gradient_packs>;

  /// Computes the sums of pixels, [pack][sum].
  /// \param list  memory
  /// \param seen  tasks that the pixels may see; nullptr: nobody knows
  [[gnu::noinline]] static void compute(const Tables<PrecisionT>& tables, const DerivativeTables<PrecisionT>& more,
                                        const Stages& stages, List& list, const Places& at, const SeenTasks* seen,
                                        Value (*sums)[Sums::count]) {
    using Terms = GradientTerms<Sums, Stages, Types, gradient_packs, most_evaluations, PrecisionT>;
    const Tables<PrecisionT> own = tables;  // which no store can change
    Terms terms(stages, list);
    terms.see(seen);
    GradientBlock<Sums, Terms, Width, gradient_packs, PrecisionT>::compute(own, more, terms, at, sums);
  }
};

/// Sums of the pixels of a block.
/// \tparam Value  a pack of sums
template <class Sums, class Value, int Width>
struct BlockOfSums : PieceBlock<Width> {
  Value sums[static_cast<std::size_t>(gradient_packs)][static_cast<std::size_t>(Sums::count)];
};

/// Computes the sums of one piece per index and gives them to a consumer, which for every piece makes a
/// `Consumer::Piece(consumer, index)` with `add(block)` and `end()`. For host spaces.
template <class Sums, int Width, class PrecisionT, class Consumer>
struct GradientPieces {
  using Function = GradientFunction<Sums, Width, PrecisionT>;
  using Block = BlockOfSums<Sums, typename Function::Value, Width>;

  const Tables<PrecisionT>* panels = nullptr;
  DerivativeTables<PrecisionT> more;
  typename Function::Stages stages;
  const PixelPiece* pieces = nullptr;
  const typename PrecisionT::Accumulate* materials = nullptr;  ///< photons by position; nullptr: none
  Consumer consumer;
  const SpotsByTile* spots = nullptr;  ///< of all pieces that are computed; nullptr: not listed

  void operator()(std::int64_t index) const {
    const PixelPiece& piece = pieces[index];
    const Tables<PrecisionT>& tables = panels[piece.panel];
    typename Consumer::Piece work(consumer, index);
    Block sums;
    typename Function::List list;
    SeenSpots<Width> seen;
    for_each_block<Width>(
        tables, piece, [&](std::int64_t position) { return consumer.wants(position); },
        [&](const PieceBlock<Width>& block) {
          static_cast<PieceBlock<Width>&>(sums) = block;
          if (spots != nullptr && !seen.find(*spots, tables, block)) {
            set_dark(sums);
          } else {
            const SeenTasks tasks = seen.tasks();
            Function::compute(tables, more, stages, list, block.template in_packs<typename Function::Types::Geometry>(),
                              spots == nullptr ? nullptr : &tasks, sums.sums);
          }
          if (materials != nullptr) set_materials(sums);
          work.add(sums);
        });
    work.end();
  }

 private:
  /// Sets the sums of pixels that see no spot.
  [[gnu::noinline]] static void set_dark(Block& block) {
    using T = scalar_t<typename Function::Value>;
    for (int i = 0; i < block.packs(); ++i) {
      for (auto& sum : block.sums[i]) sum = typename Function::Value(T(0));
      block.sums[i][physics::PixelSums::constant] = typename Function::Value(T(1));
    }
  }

  void set_materials(Block& block) const {
    using T = scalar_t<typename Function::Value>;
    for (int i = 0; i < block.packs(); ++i) {
      T lane[static_cast<std::size_t>(Width)];
      for (int l = 0; l < Width; ++l) {
        const int pixel = i * Width + l;
        lane[l] = pixel < block.pixels ? static_cast<T>(materials[block.positions[pixel]]) : T(0);
      }
      block.sums[i][physics::PixelSums::materials] = load<typename Function::Value>(static_cast<const T*>(lane));
    }
  }
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
