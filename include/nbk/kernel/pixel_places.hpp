// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/exit_ray.hpp"
#include "nbk/plan/panel_lists.hpp"

#include <cstddef>

/// \file
/// The two ways in which the pixels of a block lie on a panel: in a row, or anywhere. Both give the same bits.

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Pixels that follow each other in a row.
/// \tparam Geometry  a pack of `Width` pixels
template <class Geometry, int Width>
class PlacesInRow {
 public:
  /// \param first  the first pixel, in numbers of the panel's plane
  KOKKOS_FORCEINLINE_FUNCTION explicit PlacesInRow(const PixelPlace& first) : m_first(first) {}

  /// Goes to another sub-pixel.
  template <class PrecisionT>
  KOKKOS_FORCEINLINE_FUNCTION void place(const Tables<PrecisionT>& tables, const Subpixel& sub) {
    m_row = physics::broadcast<Geometry>(row_start(tables, m_first.slow, sub));
  }

  /// The rays to pack `pack`.
  template <class PrecisionT>
  KOKKOS_FORCEINLINE_FUNCTION ExitRay<Geometry> ray(const Tables<PrecisionT>& tables, const Subpixel& sub,
                                                    int pack) const {
    const Geometry fast = lane_numbers<Geometry>() + static_cast<scalar_t<Geometry>>(m_first.fast + pack * Width);
    return exit_ray_in_row(tables, fast, m_row, sub);
  }

  /// Shows the terms where the packs are.
  template <class TermsT, class PrecisionT>
  KOKKOS_FORCEINLINE_FUNCTION void show(TermsT& terms, const Tables<PrecisionT>& tables, const Subpixel& sub, int,
                                        const Vec3<Geometry>*) const {
    terms.place(tables, m_first.fast, m_first.slow, sub);
  }

 private:
  PixelPlace m_first;
  Vec3<Geometry> m_row;
};

/// Up to `most_packs` packs of listed pixels.
struct ListedBlock {
  int packs = 0;  ///< in use
  /// True: each pack is a row of the list, or its beginning. False: rows fill packs one behind the other.
  bool in_rows = true;
  const ListRow* rows = nullptr;
  int row_count = 0;
  int skipped = 0;    ///< pixels of the first row that are left out
  PixelPlace origin;  ///< of the panel's first pixel in the panel's plane
};

/// The places of a ListedBlock of at most `MostPacks` packs of `Width`; for hosts. Lanes behind the last pixel of a
/// pack go on along its row.
template <class Geometry, int Width, int MostPacks>
class ListedPlaces {
 public:
  using Number = scalar_t<Geometry>;

  explicit ListedPlaces(const ListedBlock& block) : m_block(block) {
    for_each_row([&](const PixelPlace& place, int begin, int end) {
      const Geometry fast = lane_numbers<Geometry>() + static_cast<Number>(place.fast);
      store(fast, m_fast + begin);
      for (int i = begin + Width; i < end; i += Width) store(fast + static_cast<Number>(i - begin), m_fast + i);
    });
  }

  template <class PrecisionT>
  void place(const Tables<PrecisionT>& tables, const Subpixel& sub) {
    for_each_row([&](const PixelPlace& place, int begin, int end) {
      const Vec3<Geometry> row = physics::broadcast<Geometry>(row_start(tables, place.slow, sub));
      for (int i = begin; i < end; i += Width) {
        store(row.x, m_row[0] + i);
        store(row.y, m_row[1] + i);
        store(row.z, m_row[2] + i);
      }
    });
  }

  template <class PrecisionT>
  ExitRay<Geometry> ray(const Tables<PrecisionT>& tables, const Subpixel& sub, int pack) const {
    const auto lanes = [&](const Number* of) { return load<Geometry>(of + pack * Width); };
    return exit_ray_in_row(tables, lanes(m_fast), Vec3<Geometry>{lanes(m_row[0]), lanes(m_row[1]), lanes(m_row[2])},
                           sub);
  }

  template <class TermsT, class PrecisionT>
  void show(TermsT& terms, const Tables<PrecisionT>& tables, const Subpixel&, int packs,
            const Vec3<Geometry>* directions) const {
    terms.place_anywhere(tables, packs, directions, m_block.in_rows);
  }

 private:
  static constexpr std::size_t most = static_cast<std::size_t>(MostPacks + 1) * static_cast<std::size_t>(Width);

  /// Calls visit(first place, begin, end) with the lanes of each row, the last one's up to the end of the block. A
  /// store of a whole pack may reach into the lanes of the next row, which come later.
  template <class Visit>
  void for_each_row(const Visit& visit) const {
    const PixelPlace& origin = m_block.origin;
    int begin = 0, skipped = m_block.skipped;
    for (int i = 0; i < m_block.row_count; ++i) {
      const ListRow& row = m_block.rows[i];
      const int count = row.count - skipped;
      const bool last = i + 1 == m_block.row_count;
      visit(PixelPlace{row.place.fast + origin.fast + skipped, row.place.slow + origin.slow}, begin,
            last ? m_block.packs * Width : begin + count);
      begin += m_block.in_rows ? Width : count;
      skipped = 0;
    }
  }

  ListedBlock m_block;
  alignas(64) Number m_fast[most];
  alignas(64) Number m_row[3][most];
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
