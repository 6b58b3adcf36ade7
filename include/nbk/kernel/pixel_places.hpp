// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/exit_ray.hpp"

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
  /// True: each pack is a part of a row. False: its pixels lie anywhere.
  bool in_rows = true;
  /// In numbers of the panel's plane: the first pixel of each pack that is in a row, else `Width` pixels of each pack.
  const PixelPlace* places = nullptr;
};

/// The places of a ListedBlock of at most `MostPacks` packs of `Width`; for hosts.
template <class Geometry, int Width, int MostPacks>
class ListedPlaces {
 public:
  using Number = scalar_t<Geometry>;

  explicit ListedPlaces(const ListedBlock& block) : m_block(block) {
    if (block.in_rows) return;
    for (int i = 0; i < block.packs * Width; ++i) m_fast[i] = static_cast<Number>(block.places[i].fast);
  }

  template <class PrecisionT>
  void place(const Tables<PrecisionT>& tables, const Subpixel& sub) {
    const PixelPlace* const places = m_block.places;
    Vec3<Number> row;
    for (int i = 0; i < (m_block.in_rows ? m_block.packs : m_block.packs * Width); ++i) {
      if (i == 0 || places[i].slow != places[i - 1].slow) row = row_start(tables, places[i].slow, sub);
      m_row[0][i] = row.x;
      m_row[1][i] = row.y;
      m_row[2][i] = row.z;
    }
  }

  template <class PrecisionT>
  ExitRay<Geometry> ray(const Tables<PrecisionT>& tables, const Subpixel& sub, int pack) const {
    Geometry fast;
    Vec3<Geometry> row;
    if (m_block.in_rows) {
      fast = lane_numbers<Geometry>() + static_cast<Number>(m_block.places[pack].fast);
      row = physics::broadcast<Geometry>(Vec3<Number>{m_row[0][pack], m_row[1][pack], m_row[2][pack]});
    } else {
      const auto lanes = [&](const Number* of) { return load<Geometry>(of + pack * Width); };
      fast = lanes(m_fast);
      row = {lanes(m_row[0]), lanes(m_row[1]), lanes(m_row[2])};
    }
    return exit_ray_in_row(tables, fast, row, sub);
  }

  template <class TermsT, class PrecisionT>
  void show(TermsT& terms, const Tables<PrecisionT>& tables, const Subpixel&, int packs,
            const Vec3<Geometry>* directions) const {
    terms.place_anywhere(tables, packs, directions, m_block.in_rows);
  }

 private:
  static constexpr std::size_t most = static_cast<std::size_t>(MostPacks) * static_cast<std::size_t>(Width);

  ListedBlock m_block;
  Number m_fast[most];
  Number m_row[3][most];
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
