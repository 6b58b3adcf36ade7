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
    return exit_ray_in_row(tables, m_fast[pack], m_row[pack], sub);
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

  /// Sets a pack whose pixels follow each other in a row.
  void set_in_row(int pack, int fast, const Vec3<Geometry>& row) {
    m_fast[pack] = lane_numbers<Geometry>() + static_cast<Number>(fast);
    m_row[pack] = row;
  }

  /// Sets a pack whose pixels lie anywhere.
  /// \param place_of  (lane): its place, in numbers of the panel's plane
  template <class PlaceOf>
  void set_anywhere(const Tables<PrecisionT>& tables, const Subpixel& sub, int pack, const PlaceOf& place_of) {
    Number fast[static_cast<std::size_t>(Width)], rows[3][static_cast<std::size_t>(Width)];
    Vec3<Number> row;
    int slow = 0;
    for (int lane = 0; lane < Width; ++lane) {
      const PixelPlace at = place_of(lane);
      if (lane == 0 || at.slow != slow) row = row_start(tables, at.slow, sub);
      slow = at.slow;
      fast[lane] = static_cast<Number>(at.fast);
      rows[0][lane] = row.x;
      rows[1][lane] = row.y;
      rows[2][lane] = row.z;
    }
    const auto lanes = [](const Number* of) { return load<Geometry>(of); };
    m_fast[pack] = lanes(fast);
    m_row[pack] = {lanes(rows[0]), lanes(rows[1]), lanes(rows[2])};
  }

 private:
  Place m_place;
  bool m_in_rows;
  Geometry m_fast[static_cast<std::size_t>(most_packs)];       // columns of the packs
  Vec3<Geometry> m_row[static_cast<std::size_t>(most_packs)];  // beginning of their rows, metres
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
