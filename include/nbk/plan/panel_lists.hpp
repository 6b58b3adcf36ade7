// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/selection.hpp"
#include "nbk/plan/tables.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace nbk {

/// Listed pixels that follow each other in a row, and in the results.
struct ListRow {
  PixelPlace place;  ///< of the first
  int first = 0;     ///< in the panel's list
  int count = 0;     ///< pixels
};

/// Listed pixels that one task of a host computes: all of one panel.
struct ListPiece {
  int panel = 0;            ///< number of the panel
  int first = 0;            ///< in the panel's list
  int count = 0;            ///< pixels
  int first_row = 0;        ///< of the rows that the piece consists of
  int row_count = 0;        ///< number of these
  bool all_wanted = false;  ///< none of the pixels is masked or outside of the window
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

/// Pixels of a piece, at most: several times as many as the kernels compute together.
inline constexpr int list_piece_pixels = 512;

/// Panels' lists, cut into pieces of rows.
struct ListPieces {
  std::vector<ListPiece> pieces;  ///< panel by panel
  std::vector<ListRow> rows;      ///< of all pieces, one behind the other
};

/// Cuts the panels' lists into rows, and collects these in pieces.
/// \param is_wanted  (panel, row): whether none of a row's pixels is masked or outside of the window
template <class IsWanted>
ListPieces list_pieces(const ListTable& table, const IsWanted& is_wanted) {
  ListPieces result;
  const auto add_row = [&](int panel, const ListRow& row) {
    std::vector<ListPiece>& pieces = result.pieces;
    if (pieces.empty() || pieces.back().panel != panel || pieces.back().count + row.count > list_piece_pixels)
      pieces.push_back({panel, row.first, 0, static_cast<int>(result.rows.size()), 0, true});
    pieces.back().count += row.count;
    pieces.back().all_wanted = pieces.back().all_wanted && is_wanted(panel, row);
    ++pieces.back().row_count;
    result.rows.push_back(row);
  };
  for (std::size_t p = 0; p + 1 < table.begins.size(); ++p) {
    const PixelPlace* const places = table.places.data() + table.begins[p];
    const int* const positions = table.positions.data() + table.begins[p];
    const int all = static_cast<int>(table.begins[p + 1] - table.begins[p]);
    for (int first = 0; first < all;) {
      int end = first + 1;
      while (end < all && end - first < list_piece_pixels && places[end].slow == places[end - 1].slow &&
             places[end].fast == places[end - 1].fast + 1 && positions[end] == positions[end - 1] + 1)
        ++end;
      add_row(static_cast<int>(p), {places[first], first, end - first});
      first = end;
    }
  }
  return result;
}

}  // namespace plan

/// The panels' lists of pixels, and the pieces in which a host computes them.
template <class PrecisionT>
struct PanelLists {
  const Tables<PrecisionT>* panels = nullptr;  ///< in host memory
  int panel_count = 0;                         ///< entries of `panels`
  const ListPiece* pieces = nullptr;           ///< in host memory
  std::int64_t piece_count = 0;                ///< entries of `pieces`
  const ListRow* rows = nullptr;               ///< of the pieces, in host memory
};

}  // namespace nbk
