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

/// Listed pixels, up to `MostPacks` packs of `Width`; for hosts.
template <class Geometry, int Width, int MostPacks>
class ListedPlaces {
 public:
  using Number = scalar_t<Geometry>;

  /// \param places  Width x packs of them, in numbers of the panel's plane
  explicit ListedPlaces(const PixelPlace* places, int packs) : m_places(places), m_pixels(packs * Width) {
    for (int i = 0; i < m_pixels; ++i) m_fast[i] = static_cast<Number>(places[i].fast);
  }

  template <class PrecisionT>
  void place(const Tables<PrecisionT>& tables, const Subpixel& sub) {
    Vec3<Number> row;
    for (int i = 0; i < m_pixels; ++i) {
      if (i == 0 || m_places[i].slow != m_places[i - 1].slow) row = row_start(tables, m_places[i].slow, sub);
      m_row[0][i] = row.x;
      m_row[1][i] = row.y;
      m_row[2][i] = row.z;
    }
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
    terms.place_anywhere(tables, packs, directions);
  }

 private:
  static constexpr std::size_t most = static_cast<std::size_t>(MostPacks) * static_cast<std::size_t>(Width);

  const PixelPlace* m_places;
  int m_pixels;
  Number m_fast[most];
  Number m_row[3][most];
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
