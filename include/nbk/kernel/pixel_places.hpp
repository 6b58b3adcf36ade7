// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/exit_ray.hpp"
#include "nbk/kernel/placed_packs.hpp"
#include "nbk/plan/panel_lists.hpp"

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

/// The places of a ListedBlock; for hosts. Lanes behind the last pixel of a pack go on along its row.
template <class PrecisionT, int Width>
class ListedPlaces : public PlacedPacks<PrecisionT, Width> {
 public:
  explicit ListedPlaces(const ListedBlock& block) : Base(place_all, block.in_rows), m_block(block) {
    for_each_row([&](const PixelPlace& place, int begin, int end) { this->set_columns(begin, end, place.fast); });
  }

 private:
  using Base = PlacedPacks<PrecisionT, Width>;

  static void place_all(Base& base, const Tables<PrecisionT>& tables, const Subpixel& sub) {
    auto& own = static_cast<ListedPlaces&>(base);
    own.for_each_row([&](const PixelPlace& place, int begin, int end) {
      own.set_row(begin, end, physics::broadcast<typename Base::Geometry>(row_start(tables, place.slow, sub)));
    });
  }

  /// Calls visit(first place, begin, end) with the lanes of each row, the last one's up to the end of the block.
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
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
