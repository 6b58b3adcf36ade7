// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/elementary.hpp"

#include <cstddef>

namespace nbk::physics {

/// A function of sin(theta) / lambda, as a cubic polynomial in each of many equal cells. plan/radial_cells.hpp makes
/// it. A cell with a kink has two polynomials, one on either side.
/// \tparam T  number of the values
/// \tparam G  number of the angle
template <class T, class G>
struct RadialTable {
  static constexpr int coefficients_per_piece = 4;

  const T* coefficients = nullptr;  ///< [cell][piece][power]
  const T* kinks = nullptr;         ///< per cell, 0 to 1; nullptr: no cell has one, and each has one piece
  G cells_A = 0;                    ///< cells per 1/Angstrom
  G last_cell = 0;                  ///< its number; it goes on beyond its end
};

/// The polynomials of one piece for each lane.
template <class V>
struct RadialPieces {
  V c0, c1, c2, c3;

  KOKKOS_FORCEINLINE_FUNCTION V at(const V& within) const {
    return fma(fma(fma(c3, within, c2), within, c1), within, c0);
  }
};

namespace detail {

/// The pieces of each lane's own cell, read one lane after the other.
template <class L, class G>
KOKKOS_FORCEINLINE_FUNCTION RadialPieces<L> pieces_of_lanes(const RadialTable<scalar_t<L>, G>& table, const L& cell,
                                                            const L& within) {
  using T = scalar_t<L>;
  constexpr auto width = static_cast<std::size_t>(PackTraits<L>::width);
  constexpr int powers = RadialTable<T, G>::coefficients_per_piece;
  T number[width], place[width], c[static_cast<std::size_t>(powers)][width];
  store(cell, static_cast<T*>(number));
  store(within, static_cast<T*>(place));
  for (std::size_t i = 0; i < width; ++i) {
    const int own = static_cast<int>(number[i]);
    const int piece = table.kinks == nullptr ? own : 2 * own + (place[i] < table.kinks[own] ? 0 : 1);
    for (int k = 0; k < powers; ++k) c[k][i] = table.coefficients[piece * powers + k];
  }
  const auto lanes = [](const T* from) { return load<L>(from); };
  return {lanes(c[0]), lanes(c[1]), lanes(c[2]), lanes(c[3])};
}

}  // namespace detail

/// Values of a RadialTable. Pixels that follow each other are mostly in the cell of the first one or of the last one:
/// then two cells are read for all of them.
/// \tparam L  number or pack of the values
template <class L, class V>
KOKKOS_FORCEINLINE_FUNCTION L radial_value(const RadialTable<scalar_t<L>, scalar_t<V>>& table, const V& stol_per_A) {
  using T = scalar_t<L>;
  using Table = RadialTable<T, scalar_t<V>>;
  constexpr auto width = static_cast<std::size_t>(PackTraits<L>::width);
  const V place = stol_per_A * table.cells_A;
  const V whole = min(floor(place), V(table.last_cell));
  const L cell = convert<L>(whole), within = convert<L>(place - whole);
  if constexpr (width > 1) {
    T number[width];
    store(cell, static_cast<T*>(number));
    const L first(number[0]), last(number[width - 1]);
    const auto is_first = cell == first;
    if (table.kinks == nullptr && !any(!(is_first || cell == last))) {
      const T* const a = table.coefficients + Table::coefficients_per_piece * static_cast<int>(number[0]);
      const T* const b = table.coefficients + Table::coefficients_per_piece * static_cast<int>(number[width - 1]);
      const auto either = [&](int k) { return select(is_first, L(a[k]), L(b[k])); };
      return RadialPieces<L>{either(0), either(1), either(2), either(3)}.at(within);
    }
  }
  return detail::pieces_of_lanes(table, cell, within).at(within);
}

}  // namespace nbk::physics
