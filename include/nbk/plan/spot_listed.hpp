// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/plan/spot_patch.hpp"
#include "nbk/plan/tables.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace nbk::plan {

/// Listed pixels of panels by tile.
struct ListedByTile {
  std::vector<int> pixels;          ///< numbers in Tables::listed, tile by tile
  std::vector<std::size_t> begins;  ///< of every tile's part, and the end of the last; empty: there is no list
};

/// Returns the listed pixels of patches by tile. Their order in a tile is that of the list.
/// \param tables_of  (panel)
template <class TablesOf>
ListedByTile listed_by_tile(const std::vector<SpotPatch>& patches, const TileGrid& grid, const TablesOf& tables_of) {
  ListedByTile list;
  const auto tiles = static_cast<std::size_t>(grid.tiles());
  list.begins.assign(tiles + 1, 0);
  const auto for_each_pixel = [&](const auto& visit) {
    for (std::size_t i = 0; i < patches.size(); ++i) {
      const std::size_t panel = patches[i].panel;
      const bool again = i > 0 && patches[i - 1].panel == panel;  // patches of a panel follow each other
      if (again) continue;
      const auto& listed = tables_of(panel).listed;
      for (int pixel = 0; pixel < listed.count; ++pixel) {
        const auto tile = grid.tile_of(panel, listed.places[pixel].fast, listed.places[pixel].slow);
        if (tile >= 0) visit(static_cast<std::size_t>(tile), pixel);
      }
    }
  };
  for_each_pixel([&](std::size_t tile, int) { ++list.begins[tile + 1]; });
  for (std::size_t tile = 0; tile < tiles; ++tile) list.begins[tile + 1] += list.begins[tile];
  list.pixels.resize(list.begins.back());
  std::vector<std::size_t> next(list.begins.begin(), list.begins.end() - 1);
  for_each_pixel([&](std::size_t tile, int pixel) { list.pixels[next[tile]++] = pixel; });
  return list;
}

/// Returns the smallest patch with all listed pixels of a panel that are in its window.
template <class PrecisionT>
SpotPatch patch_of_list(std::size_t panel, const Tables<PrecisionT>& tables) {
  const PixelWindow& w = tables.window;
  SpotPatch patch{panel, {w.fast_max + 1, w.fast_min - 1, w.slow_max + 1, w.slow_min - 1}};
  for (int i = 0; i < tables.listed.count; ++i) {
    const PixelPlace& at = tables.listed.places[i];
    if (at.fast < w.fast_min || at.fast > w.fast_max || at.slow < w.slow_min || at.slow > w.slow_max) continue;
    PixelWindow& box = patch.window;
    box = {std::min(box.fast_min, at.fast), std::max(box.fast_max, at.fast), std::min(box.slow_min, at.slow),
           std::max(box.slow_max, at.slow)};
  }
  return patch;
}

}  // namespace nbk::plan
