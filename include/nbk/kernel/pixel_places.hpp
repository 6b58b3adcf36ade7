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
  /// Places of all pixels, if those of the rows follow each other in the list; else nullptr.
  const PixelPlace* places = nullptr;
  int pixels = 0;  ///< of `places`
};

/// The places of a ListedBlock; for hosts. Lanes behind the last pixel of a pack are at that pixel, or go on along its
/// row.
template <class PrecisionT, int Width>
class ListedPlaces : public PlacedPacks<PrecisionT, Width> {
 public:
  explicit ListedPlaces(const ListedBlock& block) : Base(block.in_rows) {
    block.places != nullptr ? set_places(block) : set_rows(block);
  }

 private:
  using Base = PlacedPacks<PrecisionT, Width>;

  void set_places(const ListedBlock& block) {
    const PixelPlace* const places = block.places;
    this->set_anywhere(0, block.pixels, block.origin, [&](int i) { return places[i]; });
    const PixelPlace& last = places[block.pixels - 1];
    this->set_anywhere(block.pixels, block.packs * Width, block.origin, [&](int) { return last; });
  }

  void set_rows(const ListedBlock& block) {
    int begin = 0, skipped = block.skipped;
    for (int i = 0; i < block.row_count; ++i) {
      const ListRow& row = block.rows[i];
      const int count = row.count - skipped;
      const bool last = i + 1 == block.row_count;
      this->set_in_row(begin, last ? block.packs * Width : begin + count,
                       {row.place.fast + block.origin.fast + skipped, row.place.slow + block.origin.slow});
      begin += block.in_rows ? Width : count;
      skipped = 0;
    }
  }
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
