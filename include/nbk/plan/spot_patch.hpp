// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/scene/scene.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

/// \file
/// Windows of panels whose spots are listed together, cut into tiles.

namespace nbk::plan {

/// A window of a panel.
struct SpotPatch {
  std::size_t panel = 0;
  PixelWindow window;

  std::int64_t pixels() const {
    return std::int64_t{window.fast_max - window.fast_min + 1} * (window.slow_max - window.slow_min + 1);
  }
};

/// The tiles of patches, numbered patch by patch and row by row.
class TileGrid {
 public:
  /// \param fast, slow  pixels of a tile
  TileGrid(const std::vector<SpotPatch>& patches, int fast, int slow) : m_fast(fast), m_slow(slow) {
    for (const SpotPatch& patch : patches) {
      const PixelWindow& w = patch.window;
      const auto cut = [](int pixels, int size) { return (pixels + size - 1) / size; };
      m_patches.push_back({patch, m_tiles, cut(w.fast_max - w.fast_min + 1, fast)});
      m_tiles += std::int64_t{m_patches.back().across} * cut(w.slow_max - w.slow_min + 1, slow);
    }
  }

  std::int64_t tiles() const { return m_tiles; }

  /// The pixels of a tile.
  SpotPatch tile(std::int64_t number) const {
    const auto after = std::upper_bound(m_patches.begin(), m_patches.end(), number,
                                        [](std::int64_t n, const Patch& patch) { return n < patch.first; });
    const Patch& of = *(after - 1);
    const PixelWindow& w = of.patch.window;
    const auto row = static_cast<int>((number - of.first) / of.across);
    const auto column = static_cast<int>((number - of.first) % of.across);
    const int fast = w.fast_min + column * m_fast, slow = w.slow_min + row * m_slow;
    return {of.patch.panel,
            {fast, std::min(fast + m_fast - 1, w.fast_max), slow, std::min(slow + m_slow - 1, w.slow_max)}};
  }

  /// Calls visit(tile) for the tiles that share pixels with a rectangle of a patch.
  template <class Entry, class Visit>
  void for_each_tile(const Entry& entry, const Visit& visit) const {
    const Patch& of = m_patches[entry.area];
    const PixelWindow& w = of.patch.window;
    const int columns[2] = {(entry.fast_least - w.fast_min) / m_fast, (entry.fast_most - w.fast_min) / m_fast};
    const int rows[2] = {(entry.slow_least - w.slow_min) / m_slow, (entry.slow_most - w.slow_min) / m_slow};
    for (int row = rows[0]; row <= rows[1]; ++row) {
      for (int column = columns[0]; column <= columns[1]; ++column)
        visit_wanted(static_cast<std::size_t>(of.first + std::int64_t{row} * of.across + column), visit);
    }
  }

  /// Number of the tile of a pixel; < 0: it is in no patch of the panel.
  std::int64_t tile_of(std::size_t panel, int fast, int slow) const {
    for (const Patch& of : m_patches) {
      const PixelWindow& w = of.patch.window;
      if (of.patch.panel == panel && w.fast_min <= fast && fast <= w.fast_max && w.slow_min <= slow &&
          slow <= w.slow_max)
        return of.first + std::int64_t{(slow - w.slow_min) / m_slow} * of.across + (fast - w.fast_min) / m_fast;
    }
    return -1;
  }

  /// Leaves tiles out of for_each_tile().
  /// \param wanted  of each tile, 0: left out
  void want(std::vector<char> wanted) { m_wanted = std::move(wanted); }

 private:
  struct Patch {
    SpotPatch patch;
    std::int64_t first;  // number of its first tile
    int across;          // tiles side by side
  };

  template <class Visit>
  void visit_wanted(std::size_t tile, const Visit& visit) const {
    if (m_wanted.empty() || m_wanted[tile] != 0) visit(tile);
  }

  int m_fast, m_slow;
  std::vector<char> m_wanted;  // empty: all
  std::int64_t m_tiles = 0;
  std::vector<Patch> m_patches;
};

/// Cuts patches into `parts` groups of about the same number of tiles, which together have the same pixels; fewer where
/// there are not so many tiles.
inline std::vector<std::vector<SpotPatch>> split(const std::vector<SpotPatch>& patches, std::int64_t parts, int fast,
                                                 int slow) {
  const TileGrid grid(patches, fast, slow);
  std::vector<std::vector<SpotPatch>> groups;
  for (std::int64_t part = 0; part < parts; ++part) {
    const std::int64_t begin = grid.tiles() * part / parts, end = grid.tiles() * (part + 1) / parts;
    if (begin == end) continue;
    std::vector<SpotPatch> group;
    for (std::int64_t t = begin; t < end; ++t) {
      const SpotPatch tile = grid.tile(t);
      SpotPatch* last = group.empty() ? nullptr : &group.back();
      const bool same_row =
          last != nullptr && last->panel == tile.panel && last->window.slow_min == tile.window.slow_min &&
          last->window.slow_max == tile.window.slow_max && last->window.fast_max + 1 == tile.window.fast_min;
      if (same_row) {
        last->window.fast_max = tile.window.fast_max;
      } else {
        group.push_back(tile);
      }
      // Rows of tiles below each other become one patch again.
      while (group.size() > 1) {
        SpotPatch& above = group[group.size() - 2];
        const PixelWindow& w = group.back().window;
        if (above.panel != group.back().panel || above.window.fast_min != w.fast_min ||
            above.window.fast_max != w.fast_max || above.window.slow_max + 1 != w.slow_min)
          break;
        above.window.slow_max = w.slow_max;
        group.pop_back();
      }
    }
    groups.push_back(std::move(group));
  }
  return groups;
}

/// The pixels [begin, end) of a window, counted row by row, as patches.
inline std::vector<SpotPatch> patches_of_range(std::size_t panel, const PixelWindow& window, std::int64_t begin,
                                               std::int64_t end) {
  std::vector<SpotPatch> patches;
  const std::int64_t width = window.fast_max - window.fast_min + 1;
  while (begin < end) {
    const std::int64_t row = begin / width, column = begin % width;
    const bool whole = column == 0 && end - begin >= width;
    const std::int64_t rows = whole ? (end - begin) / width : 1;
    const std::int64_t columns = whole ? width : std::min(width - column, end - begin);
    patches.push_back(
        {panel,
         {window.fast_min + static_cast<int>(column), window.fast_min + static_cast<int>(column + columns) - 1,
          window.slow_min + static_cast<int>(row), window.slow_min + static_cast<int>(row + rows) - 1}});
    begin += rows * columns;
  }
  return patches;
}

}  // namespace nbk::plan
