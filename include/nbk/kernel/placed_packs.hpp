// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/exit_ray.hpp"
#include "nbk/kernel/packs.hpp"

#include <cstddef>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Packs of `Width` pixels whose places are found one by one: of a list (ListedPlaces), or of a tile (TilePlaces). A
/// block reads their columns and rows alone, so that one compiled block serves both. For hosts. (A pointer, no virtual
/// function, which nvcc would compile for devices.)
template <class PrecisionT, int Width>
class PlacedPacks {
 public:
  using Geometry = typename Packs<PrecisionT, Width>::Geometry;
  using Number = scalar_t<Geometry>;

  static constexpr int most_packs = 32;  ///< of a block

  /// Goes to another sub-pixel.
  void place(const Tables<PrecisionT>& tables, const Subpixel& sub) { m_place(*this, tables, sub); }

  /// The rays to pack `pack`.
  ExitRay<Geometry> ray(const Tables<PrecisionT>& tables, const Subpixel& sub, int pack) const {
    const auto lanes = [&](const Number* of) { return load<Geometry>(of + pack * Width); };
    return exit_ray_in_row(tables, lanes(m_fast), Vec3<Geometry>{lanes(m_row[0]), lanes(m_row[1]), lanes(m_row[2])},
                           sub);
  }

  /// Shows the terms where the packs are.
  template <class TermsT>
  void show(TermsT& terms, const Tables<PrecisionT>& tables, const Subpixel&, int packs,
            const Vec3<Geometry>* directions) const {
    terms.place_anywhere(tables, packs, directions, m_in_rows);
  }

 protected:
  using Place = void (*)(PlacedPacks&, const Tables<PrecisionT>&, const Subpixel&);

  /// \param function  sets columns and rows
  /// \param in_rows   each pack lies in one row
  PlacedPacks(Place function, bool in_rows) : m_place(function), m_in_rows(in_rows) {}

  /// Sets the columns of the lanes from `begin` on, up to `end`, that follow each other in a row. A store of a whole
  /// pack may reach into lanes behind them, which come later.
  /// \param fast  of the first of them, in numbers of the panel's plane
  void set_columns(int begin, int end, int fast) {
    const Geometry columns = lane_numbers<Geometry>() + static_cast<Number>(fast);
    for (int i = begin; i < end; i += Width) store(columns + static_cast<Number>(i - begin), m_fast + i);
  }

  /// Sets the beginning of the row of these lanes.
  void set_row(int begin, int end, const Vec3<Geometry>& row) {
    for (int i = begin; i < end; i += Width) {
      store(row.x, m_row[0] + i);
      store(row.y, m_row[1] + i);
      store(row.z, m_row[2] + i);
    }
  }

  /// Sets a pack whose pixels follow each other in a row.
  void set_in_row(int pack, int fast, const Vec3<Geometry>& row) {
    set_columns(pack * Width, (pack + 1) * Width, fast);
    set_row(pack * Width, (pack + 1) * Width, row);
  }

  /// Sets a pack whose pixels lie anywhere.
  /// \param place_of  (lane): its place, in numbers of the panel's plane
  template <class PlaceOf>
  void set_anywhere(const Tables<PrecisionT>& tables, const Subpixel& sub, int pack, const PlaceOf& place_of) {
    Vec3<Number> row;
    int slow = 0;
    for (int lane = 0; lane < Width; ++lane) {
      const PixelPlace at = place_of(lane);
      if (lane == 0 || at.slow != slow) row = row_start(tables, at.slow, sub);
      slow = at.slow;
      const int i = pack * Width + lane;
      m_fast[i] = static_cast<Number>(at.fast);
      m_row[0][i] = row.x;
      m_row[1][i] = row.y;
      m_row[2][i] = row.z;
    }
  }

 private:
  Place m_place;
  bool m_in_rows;
  static constexpr std::size_t most_lanes = static_cast<std::size_t>(most_packs + 1) * static_cast<std::size_t>(Width);
  alignas(64) Number m_fast[most_lanes];    // columns of the lanes
  alignas(64) Number m_row[3][most_lanes];  // beginning of their rows, metres
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
