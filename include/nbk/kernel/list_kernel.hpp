// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/row_functions.hpp"
#include "nbk/kernel/row_output.hpp"
#include "nbk/plan/panel_lists.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Computes rows of a panel's list in packs of `Width`, and puts them into their places.
template <int Width, class PrecisionT>
class ListedPacks {
 public:
  using Sum = typename PrecisionT::Accumulate;

  /// \param all_wanted  see ListPiece
  ListedPacks(const Tables<PrecisionT>& tables, const RowFunctions<PrecisionT>& functions, const ImageRows& list,
              bool all_wanted)
      : m_tables(tables), m_functions(functions), m_list(list), m_all_wanted(all_wanted) {}

  /// Computes rows that fill packs one behind the other.
  /// \param pixels  of all rows
  /// \param one_behind_the_other  so they are in the list, too
  void compute(const ListRow* rows, int pixels, bool one_behind_the_other) const {
    ListedBlock block{0, false, rows, 0, 0, origin()};
    const int most = m_functions.most_packs * Width;
    for (int left = pixels; left > 0;) {
      const int count = std::min(left, most);
      int reached = block.rows[0].count - block.skipped;
      for (block.row_count = 1; reached < count; ++block.row_count) reached += block.rows[block.row_count].count;
      block.packs = (count + Width - 1) / Width;
      const int behind = reached - count;  // pixels of the last row that the next block begins with
      block.pixels = count;
      if (one_behind_the_other) block.places = m_tables.listed.places + block.rows[0].first + block.skipped;
      compute_block(block, count, behind);
      block.rows += behind > 0 ? block.row_count - 1 : block.row_count;
      block.skipped = behind > 0 ? block.rows[0].count - behind : 0;
      left -= count;
    }
  }

  /// Computes rows in packs of their own, so that packs away from all spots are found by their ends as in an image.
  /// The rests of rows share packs.
  void compute_in_rows(const ListRow* rows, int row_count) const {
    constexpr int most_rests = 64;
    ListRow packs[most_packs], rests[most_rests];
    int pack_count = 0, rest_count = 0, rest_pixels = 0;
    const auto compute_rests = [&] {
      compute(rests, rest_pixels, false);
      rest_count = rest_pixels = 0;
    };
    for (const ListRow* row = rows; row != rows + row_count; ++row) {
      for (int done = 0; done < row->count; done += Width) {
        const ListRow part{{row->place.fast + done, row->place.slow}, row->first + done, row->count - done};
        if (part.count < fewest_in_row) {
          rests[rest_count++] = part;
          rest_pixels += part.count;
          if (rest_count == most_rests) compute_rests();
          break;
        }
        packs[pack_count] = part;
        packs[pack_count++].count = std::min(part.count, Width);
        if (pack_count == m_functions.most_packs) compute_packs(packs, std::exchange(pack_count, 0));
      }
    }
    compute_packs(packs, pack_count);
    compute_rests();
  }

 private:
  /// Pixels from which on what is left of a row has a pack of its own.
  static constexpr int fewest_in_row = Width - Width / 4;
  static constexpr auto most_packs = static_cast<std::size_t>(most_packs_per_block);
  static constexpr std::size_t most_pixels = most_packs * static_cast<std::size_t>(Width);

  PixelPlace origin() const { return {m_tables.first_fast, m_tables.first_slow}; }

  void compute_block(const ListedBlock& block, int count, int behind) const {
    const ListRow& last = block.rows[block.row_count - 1];
    const int* const positions = m_tables.listed.positions;
    const int first_position = positions[block.rows[0].first + block.skipped];
    const int last_position = positions[last.first + last.count - 1 - behind];
    Sum photons[most_pixels];
    if (m_all_wanted && last_position - first_position == count - 1) {  // positions rise along a panel's list
      const RowOutput<Sum> to(m_list.from(first_position), nullptr);
      Sum* const memory = count % Width == 0 ? to.memory() : nullptr;
      m_functions.listed(m_tables, block, memory != nullptr ? memory : static_cast<Sum*>(photons));
      if (memory == nullptr) to.put(photons, 0, count);
      return;
    }
    m_functions.listed(m_tables, block, photons);
    int done = 0, skipped = block.skipped;
    for (int i = 0; i < block.row_count; ++i) {
      const ListRow& row = block.rows[i];
      const int of_row = std::min(row.count - skipped, count - done);
      put_row(row.first + skipped, of_row, photons + done);
      done += of_row;
      skipped = 0;
    }
  }

  void compute_packs(const ListRow* packs, int count) const {
    if (count == 0) return;
    Sum photons[most_pixels];
    m_functions.listed(m_tables, {count, true, packs, count, 0, origin(), nullptr, 0}, photons);
    for (int i = 0; i < count; ++i) put_row(packs[i].first, packs[i].count, photons + i * Width);
  }

  /// Puts pixels that follow each other in a row of the list, from `first` on.
  void put_row(int first, int count, const Sum* photons) const {
    const PixelPlace* const places = m_tables.listed.places + first;
    const int* const positions = m_tables.listed.positions + first;
    if (m_all_wanted) {
      RowOutput<Sum>(m_list.from(*positions), nullptr).put(photons, 0, count);
      return;
    }
    for (int i = 0; i < count; ++i) m_list.put(is_wanted(m_tables, places[i]) ? photons[i] : Sum(0), positions[i]);
  }

  const Tables<PrecisionT>& m_tables;
  const RowFunctions<PrecisionT>& m_functions;
  const ImageRows& m_list;
  bool m_all_wanted;
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
    const Tables<PrecisionT>& tables = panels[piece.panel];
    const ListedPacks<Width, PrecisionT> packs(tables, functions, list, piece.all_wanted);
    const ListRow* const own = rows + piece.first_row;
    tables.screening.used ? packs.compute_in_rows(own, piece.row_count) : packs.compute(own, piece.count, true);
  }
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
