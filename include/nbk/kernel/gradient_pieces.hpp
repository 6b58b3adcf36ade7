// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/gradient_block.hpp"

#include <cstddef>
#include <cstdint>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Pixels of one panel that one task of a host computes: a part of a row, or a part of a list.
struct PixelPiece {
  int panel = 0;
  PixelPlace first;                    ///< of a part of a row
  int count = 0;                       ///< pixels, most_piece_pixels at most
  std::int64_t position = 0;           ///< of the first pixel in images
  const PixelPlace* places = nullptr;  ///< of a list; nullptr: a row
  const int* positions = nullptr;      ///< of a list
};

/// Pixels of a piece, at most: enough to hide the cost of scheduling and of the sums of a piece.
inline constexpr int most_piece_pixels = 512;

/// Packs of a GradientBlock on a host.
inline constexpr int gradient_packs = 4;

/// The physics of a GradientPieces. Compiled once for a set of sums in a precision.
template <class Sums, int Width, class PrecisionT>
struct GradientFunction {
  using Types = Packs<PrecisionT, Width>;
  using Value = typename Types::Sum;
  using List = Evaluations<Types, most_evaluations>;
  using Stages = CalledStages<typename PrecisionT::Lattice, List>;
  using Places = ScatteredPlaces<typename Types::Geometry, gradient_packs>;

  /// Computes the sums of pixels, [pack][sum].
  [[gnu::noinline]] static void compute(const Tables<PrecisionT>& tables, const DerivativeTables<PrecisionT>& more,
                                        const Stages& stages, const Places& at, Value (*sums)[Sums::count]) {
    using Terms = GradientTerms<Sums, Stages, Types, gradient_packs, most_evaluations, PrecisionT>;
    const Tables<PrecisionT> own = tables;  // which no store can change
    Terms terms(stages);
    GradientBlock<Sums, Terms, Width, gradient_packs, PrecisionT>::compute(own, more, terms, at, sums);
  }
};

/// Pixels of a block, which a consumer of sums reads.
/// \tparam Value  a pack of sums
template <class Sums, class Value, int Width>
struct BlockOfSums {
  int panel = 0;
  int pixels = 0;  ///< of the last pack the rest is not wanted
  std::int64_t positions[static_cast<std::size_t>(gradient_packs * Width)];  ///< of the pixels in images
  Value sums[static_cast<std::size_t>(gradient_packs)][static_cast<std::size_t>(Sums::count)];

  int packs() const { return (pixels + Width - 1) / Width; }
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
  Consumer consumer;

  void operator()(std::int64_t index) const {
    const PixelPiece& piece = pieces[index];
    const Tables<PrecisionT>& tables = panels[piece.panel];
    typename Consumer::Piece work(consumer, index);
    Block block;
    block.panel = piece.panel;
    PixelPlace places[static_cast<std::size_t>(most_in_block)];
    for (int i = 0; i < piece.count; ++i) {
      const PixelPlace place =
          piece.places == nullptr ? PixelPlace{piece.first.fast + i, piece.first.slow} : piece.places[i];
      const std::int64_t position = piece.places == nullptr ? piece.position + i : piece.positions[i];
      if (!is_wanted(tables, place) || !consumer.wants(position)) continue;
      places[block.pixels] = {place.fast + tables.first_fast, place.slow + tables.first_slow};
      block.positions[block.pixels++] = position;
      if (block.pixels == most_in_block) compute(tables, places, block, work);
    }
    compute(tables, places, block, work);
    work.end();
  }

 private:
  static constexpr int most_in_block = gradient_packs * Width;

  void compute(const Tables<PrecisionT>& tables, PixelPlace* places, Block& block,
               typename Consumer::Piece& work) const {
    if (block.pixels == 0) return;
    typename Function::Places at;
    at.packs = block.packs();
    at.first = places[0];
    at.in_row = true;
    for (int i = 0; i < block.pixels; ++i)
      at.in_row = at.in_row && places[i].slow == at.first.slow && places[i].fast == at.first.fast + i;
    for (int i = block.pixels; i < at.packs * Width; ++i) places[i] = places[block.pixels - 1];
    using Number = typename PrecisionT::Geometry;
    Number fast[static_cast<std::size_t>(most_in_block)], slow[static_cast<std::size_t>(most_in_block)];
    for (int i = 0; i < at.packs * Width; ++i) {
      fast[i] = static_cast<Number>(places[i].fast);
      slow[i] = static_cast<Number>(places[i].slow);
    }
    for (int i = 0; i < at.packs; ++i) {
      at.fast[i] = load<typename Function::Types::Geometry>(static_cast<const Number*>(fast) + i * Width);
      at.slow[i] = load<typename Function::Types::Geometry>(static_cast<const Number*>(slow) + i * Width);
    }
    Function::compute(tables, more, stages, at, block.sums);
    work.add(block);
    block.pixels = 0;
  }
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
