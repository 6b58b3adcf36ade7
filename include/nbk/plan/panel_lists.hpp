// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/selection.hpp"
#include "nbk/plan/tables.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace nbk {

/// Listed pixels that one task of a host computes: all of one panel.
struct ListPiece {
  int panel = 0;  ///< number of the panel
  int first = 0;  ///< in the panel's list
  int count = 0;  ///< pixels
};

namespace plan {

/// The pixels of a selection, panel by panel.
struct ListTable {
  std::vector<PixelPlace> places;   ///< of all panels, one behind the other
  std::vector<int> positions;       ///< in the user's list
  std::vector<std::size_t> begins;  ///< of every panel's part, and the end of the last
};

/// Sorts the pixels of a selection by panel. Otherwise their order stays.
inline ListTable list_table(const Selection& selection, std::size_t panels) {
  ListTable table;
  table.begins.assign(panels + 1, 0);
  for (const PixelRun& run : selection.runs)
    table.begins[static_cast<std::size_t>(run.panel) + 1] += static_cast<std::size_t>(run.count);
  for (std::size_t p = 0; p < panels; ++p) table.begins[p + 1] += table.begins[p];
  table.places.resize(table.begins.back());
  table.positions.resize(table.begins.back());
  std::vector<std::size_t> next(table.begins.begin(), table.begins.end() - 1);
  int position = 0;
  for (const PixelRun& run : selection.runs) {
    std::size_t& to = next[static_cast<std::size_t>(run.panel)];
    for (int i = 0; i < run.count; ++i, ++to) {
      table.places[to] = {run.first_fast + i, run.slow};
      table.positions[to] = position++;
    }
  }
  return table;
}

/// Pixels of a piece: as many as the kernels compute together, or a few times as many.
inline constexpr int list_piece_pixels = 256;

/// Cuts the panels' lists into pieces.
inline std::vector<ListPiece> list_pieces(const ListTable& table) {
  std::vector<ListPiece> pieces;
  for (std::size_t p = 0; p + 1 < table.begins.size(); ++p) {
    const int all = static_cast<int>(table.begins[p + 1] - table.begins[p]);
    for (int first = 0; first < all; first += list_piece_pixels)
      pieces.push_back({static_cast<int>(p), first, std::min(list_piece_pixels, all - first)});
  }
  return pieces;
}

}  // namespace plan

/// The panels' lists of pixels, and the pieces in which a host computes them.
template <class PrecisionT>
struct PanelLists {
  const Tables<PrecisionT>* panels = nullptr;  ///< in host memory
  int panel_count = 0;                         ///< entries of `panels`
  const ListPiece* pieces = nullptr;           ///< in host memory
  std::int64_t piece_count = 0;                ///< entries of `pieces`
};

}  // namespace nbk
