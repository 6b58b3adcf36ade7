// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/image_rows.hpp"
#include "nbk/kernel/row_functions.hpp"
#include "nbk/kernel/row_output.hpp"
#include "nbk/kernel/spot_terms.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// The image of a panel for tiles.
struct TileOutput {
  ImageRows image;             ///< of the panel, from its first pixel on
  std::int64_t left_out = -1;  ///< number of a pixel in the window, row by row, that is not written; < 0: none
};

/// Computes tiles by lists of spots: for hosts. One class for all scatterers and weightings, which are called. The loop
/// over layers, sub-pixels and sources is that of PixelBlock, over all packs of the tile that a spot may light.
template <int Width, class PrecisionT>
class SpotTileWriter {
 public:
  using Sum = typename PrecisionT::Accumulate;
  using Places = TilePlaces<PrecisionT, Width>;
  /// Computes all packs of a tile.
  using ComputePacks = void (*)(const Tables<PrecisionT>& tables, const SpotTile& tile, Places& places, Sum* photons);

  /// Computes and writes the pixels of a tile; those of a list, or those that a spot or a background may light.
  [[gnu::noinline]] static void compute(const Tables<PrecisionT>& tables, const SpotTile& tile, const TileOutput& to,
                                        ComputePacks compute_packs) {
    if (tile.count == 0 && tile.listed == nullptr && !tables.background_present) return;
    Places places(tables, tile);
    places.choose(tables, tables.background_present);
    Sum photons[static_cast<std::size_t>(tile_fast * tile_slow)];
    if (places.packs() > 0) compute_packs(tables, tile, places, photons);
    tile.listed != nullptr ? write_listed(tables, tile, places, photons, to)
                           : write_rows(tables, tile, places, photons, to);
  }

 private:
  static void write_listed(const Tables<PrecisionT>& tables, const SpotTile& tile, const Places& places,
                           const Sum* photons, const TileOutput& to) {
    for (int i = 0; i < tile.listed_count; ++i) {
      const int number = places.number(i / Width), pixel = tile.listed[i];
      const bool seen = number >= 0 && is_wanted(tables, tables.listed.places[pixel]);
      to.image.put(seen ? photons[number * Width + i % Width] : Sum(0), tables.listed.positions[pixel]);
    }
  }

  /// Writes the packs that were computed. The others are 0, or what was there before.
  static void write_rows(const Tables<PrecisionT>& tables, const SpotTile& tile, const Places& places,
                         const Sum* photons, const TileOutput& to) {
    const PixelWindow& w = tile.window;
    const PixelWindow& all = tables.window;
    const int width = w.fast_max - w.fast_min + 1;
    for (int slow = w.slow_min; slow <= w.slow_max; ++slow) {
      const int first_slot = (slow - w.slow_min) * Places::slots_per_row;
      const std::uint8_t* mask =
          tables.mask == nullptr ? nullptr : tables.mask + PixelPlace{w.fast_min, slow}.offset(tables.mask_stride);
      const RowOutput<Sum> row(to.image.from(PixelPlace{w.fast_min, slow}.offset(to.image.stride)), mask);
      const std::int64_t row_begin =
          std::int64_t{slow - all.slow_min} * (all.fast_max - all.fast_min + 1) + w.fast_min - all.fast_min;
      const std::int64_t skipped = to.left_out - row_begin;
      for (int first = 0; first < width; first += Width) {
        const int number = places.number(first_slot + first / Width);
        if (number < 0) continue;
        put_pack(row, photons + number * Width, first, std::min(Width, width - first), skipped);
      }
    }
  }

  /// Puts pixels [first, first + count) of a row, all but one.
  static void put_pack(const RowOutput<Sum>& row, const Sum* photons, int first, int count, std::int64_t skipped) {
    if (skipped < first || first + count <= skipped) return row.put(photons, first, count);
    const int before = static_cast<int>(skipped) - first;
    row.put(photons, first, before);
    row.put(photons + before + 1, first + before + 1, count - before - 1);
  }
};

/// Computes tiles of one scatterer and one weighting.
template <Scatterer ScattererT, Weighting WeightingT, int Width, class PrecisionT>
class SpotTileKernel {
 public:
  /// Computes and writes the pixels of a tile.
  static void compute(const Tables<PrecisionT>& tables, const SpotTile& tile, const TileOutput& to) {
    Writer::compute(tables, tile, to, compute_packs);
  }

 private:
  using Writer = SpotTileWriter<Width, PrecisionT>;
  using Sum = typename Writer::Sum;
  using Places = typename Writer::Places;
  using Types = Packs<PrecisionT, Width>;
  using Running = typename WeightingT::template Running<Types>;

  static void compute_packs(const Tables<PrecisionT>& tables, const SpotTile& tile, Places& places, Sum* photons) {
    SpotTerms<ScattererT, Running, Types, PrecisionT> terms(tile, places);
    CalledTerms<Running, Types, PrecisionT> called(tables, terms);
    for (int first = 0; first < places.packs(); first += Places::block_packs) {
      const int packs = places.begin_block(tables, first);
      compute_placed<WeightingT>(tables, called, places, packs, photons + first * Width);
    }
  }
};

/// Computes and writes the pixels of a tile.
template <class PrecisionT>
using SpotTileFunction = void (*)(const Tables<PrecisionT>& tables, const SpotTile& tile, const TileOutput& to);

}  // namespace NBK_ISA
}  // namespace nbk::kernel
