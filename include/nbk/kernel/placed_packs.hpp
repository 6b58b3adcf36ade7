// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/exit_ray.hpp"
#include "nbk/kernel/packs.hpp"

#include <cstddef>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Packs of `Width` pixels whose places are set one by one: of a list (ListedPlaces), or of a tile (TilePlaces). A
/// block reads their columns and rows alone, so that one compiled block serves both. For hosts.
template <class PrecisionT, int Width>
class PlacedPacks {
 public:
  using Geometry = typename Packs<PrecisionT, Width>::Geometry;
  using Number = scalar_t<Geometry>;

  static constexpr int most_packs = 32;  ///< of a block

  /// Goes to another sub-pixel: nothing has to be known of it before its rays.
  void place(const Tables<PrecisionT>&, const Subpixel&) {}

  /// The rays to pack `pack`.
  ExitRay<Geometry> ray(const Tables<PrecisionT>& tables, const Subpixel& sub, int pack) const {
    const auto fast = load<Geometry>(m_fast + pack * Width), slow = load<Geometry>(m_slow + pack * Width);
    return exit_ray_in_row(tables, fast, row_starts(tables, slow, sub), sub);
  }

  /// Shows the terms where the packs are.
  template <class TermsT>
  void show(TermsT& terms, const Tables<PrecisionT>& tables, const Subpixel&, int packs,
            const Vec3<Geometry>* directions) const {
    terms.place_anywhere(tables, packs, directions, m_in_rows);
  }

 protected:
  /// \param in_rows  each pack lies in one row
  explicit PlacedPacks(bool in_rows) : m_in_rows(in_rows) {}

  /// Sets the lanes from `begin` on, up to `end`, whose pixels follow each other in a row. A store of a whole pack may
  /// reach into lanes behind them, which come later.
  /// \param place  of the first of them, in numbers of the panel's plane
  void set_in_row(int begin, int end, const PixelPlace& place) {
    const Geometry columns = lane_numbers<Geometry>() + static_cast<Number>(place.fast);
    const Geometry row(static_cast<Number>(place.slow));
    for (int i = begin; i < end; i += Width) {
      store(columns + static_cast<Number>(i - begin), m_fast + i);
      store(row, m_slow + i);
    }
  }

  /// Sets the lanes [begin, end) to pixels that lie anywhere.
  /// \param place_of  (number, from 0 on): the place of a pixel on the panel
  /// \param origin    of the panel's first pixel in the panel's plane
  template <class PlaceOf>
  void set_anywhere(int begin, int end, const PixelPlace& origin, const PlaceOf& place_of) {
    for (int i = begin; i < end; ++i) {
      const PixelPlace at = place_of(i - begin);
      m_fast[i] = static_cast<Number>(at.fast + origin.fast);
      m_slow[i] = static_cast<Number>(at.slow + origin.slow);
    }
  }

 private:
  bool m_in_rows;
  static constexpr std::size_t most_lanes = static_cast<std::size_t>(most_packs + 1) * static_cast<std::size_t>(Width);
  alignas(64) Number m_fast[most_lanes];  // columns of the lanes
  alignas(64) Number m_slow[most_lanes];  // their rows
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
