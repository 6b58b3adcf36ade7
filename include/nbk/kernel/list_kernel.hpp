// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/row_functions.hpp"
#include "nbk/kernel/row_output.hpp"
#include "nbk/plan/panel_lists.hpp"

#include <algorithm>
#include <cstddef>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Listed pixels of a panel in packs of `Width`. Those that follow each other in a row fill packs of their own: a row
/// is then placed once for a pack, and packs away from all spots are found as in an image. What is left of rows shares
/// packs.
template <int Width, class PrecisionT>
class ListedPacks {
 public:
  using Sum = typename PrecisionT::Accumulate;

  ListedPacks(const Tables<PrecisionT>& tables, const RowFunctions<PrecisionT>& functions, const ImageRows& list)
      : m_tables(tables), m_functions(functions), m_list(list) {}

  /// Takes pixels that follow each other in a row.
  void add(const ListRow& row) {
    for (int first = row.first, count = row.count; count > 0; first += Width, count -= Width) {
      if (count < fewest_in_row) return share(first, count);
      add_pack(first, std::min(count, Width));
    }
  }

  /// Computes what is left.
  void finish() {
    compute_rows();
    compute_shared();
  }

 private:
  void add_pack(int first, int count) {
    m_rows[m_row_count] = {first, count};
    m_row_places[m_row_count] = place_of(first);
    if (++m_row_count == m_functions.most_packs) compute_rows();
  }

  void share(int first, int count) {
    for (int i = first; i < first + count; ++i) {
      m_shared[m_shared_count] = i;
      m_shared_places[m_shared_count] = place_of(i);
      if (++m_shared_count == m_functions.most_packs * Width) compute_shared();
    }
  }

  void compute_rows() {
    if (m_row_count == 0) return;
    Sum photons[most_pixels];
    m_functions.listed(m_tables, {m_row_count, true, m_row_places}, photons);
    for (int pack = 0; pack < m_row_count; ++pack) put_row(m_rows[pack], photons + pack * Width);
    m_row_count = 0;
  }

  void compute_shared() {
    if (m_shared_count == 0) return;
    const int packs = (m_shared_count + Width - 1) / Width;
    // The last pack is filled with the last pixel.
    std::fill(m_shared_places + m_shared_count, m_shared_places + packs * Width, m_shared_places[m_shared_count - 1]);
    Sum photons[most_pixels];
    m_functions.listed(m_tables, {packs, false, m_shared_places}, photons);
    for (int i = 0; i < m_shared_count; ++i) put(m_shared[i], photons[i]);
    m_shared_count = 0;
  }

  PixelPlace place_of(int pixel) const {
    const PixelPlace& place = m_tables.listed.places[pixel];
    return {place.fast + m_tables.first_fast, place.slow + m_tables.first_slow};
  }

  void put_row(const ListRow& row, const Sum* photons) const {
    const PixelPlace *const first = m_tables.listed.places + row.first, *const last = first + row.count - 1;
    const bool all = m_tables.mask == nullptr && is_wanted(m_tables, *first) && is_wanted(m_tables, *last);
    if (!all) {
      for (int i = 0; i < row.count; ++i) put(row.first + i, photons[i]);
      return;
    }
    const RowOutput<Sum> to(m_list.from(m_tables.listed.positions[row.first]), nullptr);
    to.put(photons, 0, row.count);
  }

  void put(int pixel, const Sum& photons) const {
    m_list.put(is_wanted(m_tables, m_tables.listed.places[pixel]) ? photons : Sum(0), m_tables.listed.positions[pixel]);
  }

  /// Pixels from which on what is left of a row has a pack of its own.
  static constexpr int fewest_in_row = Width - Width / 4;
  static constexpr std::size_t most_packs = static_cast<std::size_t>(most_packs_per_block);
  static constexpr std::size_t most_pixels = most_packs * static_cast<std::size_t>(Width);

  const Tables<PrecisionT>& m_tables;
  const RowFunctions<PrecisionT>& m_functions;
  const ImageRows& m_list;
  ListRow m_rows[most_packs];  // of packs in rows
  PixelPlace m_row_places[most_packs];
  int m_row_count = 0;
  int m_shared[most_pixels];  // pixels in the panel's list
  PixelPlace m_shared_places[most_pixels];
  int m_shared_count = 0;
};

/// Computes one piece of the panels' lists per index, in packs of `Width` pixels: for host spaces only. Their bits are
/// those that they have in an image computed ray by ray.
template <int Width, class PrecisionT>
struct ListKernel {
  const Tables<PrecisionT>* panels = nullptr;
  const ListPiece* pieces = nullptr;
  const ListRow* rows = nullptr;
  RowFunctions<PrecisionT> functions;
  ImageRows list;  ///< the result: one pixel behind the other

  void operator()(std::int64_t index) const {
    const ListPiece& piece = pieces[index];
    ListedPacks<Width, PrecisionT> packs(panels[piece.panel], functions, list);
    for (int row = piece.first_row; row < piece.first_row + piece.row_count; ++row) packs.add(rows[row]);
    packs.finish();
  }
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
