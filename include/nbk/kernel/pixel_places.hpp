// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/exit_ray.hpp"
#include "nbk/kernel/placed_packs.hpp"

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
  /// True: each pack is a part of a row. False: its pixels lie anywhere.
  bool in_rows = true;
  /// In numbers of the panel's plane: the first pixel of each pack that is in a row, else `Width` pixels of each pack.
  const PixelPlace* places = nullptr;
};

/// The places of a ListedBlock; for hosts.
template <class PrecisionT, int Width>
class ListedPlaces : public PlacedPacks<PrecisionT, Width> {
 public:
  explicit ListedPlaces(const ListedBlock& block)
      : PlacedPacks<PrecisionT, Width>(place_all, block.in_rows), m_block(block) {}

 private:
  using Base = PlacedPacks<PrecisionT, Width>;

  static void place_all(Base& base, const Tables<PrecisionT>& tables, const Subpixel& sub) {
    static_cast<ListedPlaces&>(base).place_block(tables, sub);
  }

  void place_block(const Tables<PrecisionT>& tables, const Subpixel& sub) {
    const PixelPlace* const places = m_block.places;
    Vec3<typename Base::Geometry> row;
    for (int i = 0; i < m_block.packs; ++i) {
      if (m_block.in_rows) {
        if (i == 0 || places[i].slow != places[i - 1].slow)
          row = physics::broadcast<typename Base::Geometry>(row_start(tables, places[i].slow, sub));
        this->set_in_row(i, places[i].fast, row);
      } else {
        this->set_anywhere(tables, sub, i, [&](int lane) { return places[i * Width + lane]; });
      }
    }
  }

  ListedBlock m_block;
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
