// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/scattered_places.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Pixels of one panel that one task of a host computes: a part of a row, some rows, or a part of a list.
struct PixelPiece {
  int panel = 0;
  PixelPlace first;                    ///< of rows
  int count = 0;                       ///< pixels of a row, or of the list
  int rows = 1;                        ///< parts of rows below each other
  std::int64_t position = 0;           ///< of the first pixel in images
  std::int64_t stride = 0;             ///< positions from one row to the next
  const PixelPlace* places = nullptr;  ///< of a list; nullptr: a row
  const int* positions = nullptr;      ///< of a list
};

/// Pixels of a piece, at most: enough to hide the cost of scheduling and of the sums of a piece.
inline constexpr int most_piece_pixels = 512;

/// Packs that the kernels for derivatives compute together on a host.
inline constexpr int gradient_packs = 4;

/// Pixels of a piece that are computed together.
template <int Width>
struct PieceBlock {
  static constexpr int most = gradient_packs * Width;  ///< room for so many

  int panel = 0;
  int pixels = 0;                                          ///< in use; of the last pack the rest is not wanted
  PixelPlace places[static_cast<std::size_t>(most)];       ///< in numbers of the panel's plane
  std::int64_t positions[static_cast<std::size_t>(most)];  ///< in images

  int packs() const { return (pixels + Width - 1) / Width; }

  /// Returns the places as packs. What is not in use becomes the last pixel.
  template <class Geometry>
  ScatteredPlaces<Geometry, gradient_packs> in_packs() const {
    using Number = scalar_t<Geometry>;
    ScatteredPlaces<Geometry, gradient_packs> at;
    at.packs = packs();
    at.first = places[0];
    at.in_row = true;
    Number fast[static_cast<std::size_t>(most)], slow[static_cast<std::size_t>(most)];
    const int used = std::min(at.packs * Width, most);  // which tells a compiler that they fit
    for (int i = 0; i < used; ++i) {
      const PixelPlace& place = places[i < pixels ? i : pixels - 1];
      fast[i] = static_cast<Number>(place.fast);
      slow[i] = static_cast<Number>(place.slow);
      if (i < pixels) at.in_row = at.in_row && place.slow == at.first.slow && place.fast == at.first.fast + i;
    }
    for (int i = 0; i < at.packs; ++i) {
      at.fast[i] = load<Geometry>(static_cast<const Number*>(fast) + i * Width);
      at.slow[i] = load<Geometry>(static_cast<const Number*>(slow) + i * Width);
    }
    return at;
  }
};

/// Calls take(block) for the pixels of a piece that are wanted, so many at a time as a block holds.
/// \param wants  (position): false for pixels that are left out; so are masked ones
template <int Width, class PrecisionT, class Wants, class Take>
void for_each_block(const Tables<PrecisionT>& tables, const PixelPiece& piece, const Wants& wants, const Take& take) {
  PieceBlock<Width> block;
  block.panel = piece.panel;
  for (int row = 0; row < piece.rows; ++row) {
    for (int i = 0; i < piece.count; ++i) {
      const PixelPlace place =
          piece.places == nullptr ? PixelPlace{piece.first.fast + i, piece.first.slow + row} : piece.places[i];
      const std::int64_t position =
          piece.places == nullptr ? piece.position + row * piece.stride + i : piece.positions[i];
      if (!is_wanted(tables, place) || !wants(position)) continue;
      block.places[block.pixels] = {place.fast + tables.first_fast, place.slow + tables.first_slow};
      block.positions[block.pixels++] = position;
      if (block.pixels < PieceBlock<Width>::most) continue;
      take(block);
      block.pixels = 0;
    }
    // Not over the end of a row: only pixels of one row are screened.
    if (block.pixels != 0) take(block);
    block.pixels = 0;
  }
}

}  // namespace NBK_ISA
}  // namespace nbk::kernel
