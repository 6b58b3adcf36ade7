// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/elementary.hpp"

#include <cstddef>

namespace nbk::physics {

/// A function of sin(theta) / lambda, as a cubic polynomial in each of many equal cells. plan/radial_cells.hpp makes it.
/// A cell with a kink has two polynomials, one on either side.
template <class T>
struct RadialTable {
  static constexpr int coefficients_per_piece = 4;

  const T* coefficients = nullptr;  ///< [cell][piece][power]
  const T* kinks = nullptr;         ///< per cell, 0 to 1; nullptr: no cell has one, and each has one piece
  T cells_A = 0;                    ///< cells per 1/Angstrom
  T last_cell = 0;                  ///< its number; it goes on beyond its end
};

/// Values of a RadialTable, read one lane after the other.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V at(const RadialTable<scalar_t<V>>& table, const V& stol_per_A) {
  using T = scalar_t<V>;
  constexpr auto width = static_cast<std::size_t>(PackTraits<V>::width);
  constexpr int powers = RadialTable<T>::coefficients_per_piece;
  const V place = stol_per_A * table.cells_A;
  const V cell = min(floor(place), V(table.last_cell));
  const V within = place - cell;
  T number[width], offset[width], c0[width], c1[width], c2[width], c3[width];
  int first[width];
  store(cell, static_cast<T*>(number));
  for (std::size_t i = 0; i < width; ++i) first[i] = powers * static_cast<int>(number[i]);
  if (table.kinks != nullptr) {
    store(within, static_cast<T*>(offset));
    for (std::size_t i = 0; i < width; ++i)
      first[i] = 2 * first[i] + (offset[i] < table.kinks[first[i] / powers] ? 0 : powers);
  }
  for (std::size_t i = 0; i < width; ++i) c0[i] = table.coefficients[first[i]];
  for (std::size_t i = 0; i < width; ++i) c1[i] = table.coefficients[first[i] + 1];
  for (std::size_t i = 0; i < width; ++i) c2[i] = table.coefficients[first[i] + 2];
  for (std::size_t i = 0; i < width; ++i) c3[i] = table.coefficients[first[i] + 3];
  const auto lanes = [](const T* from) { return load<V>(from); };
  return fma(fma(fma(lanes(c3), within, lanes(c2)), within, lanes(c1)), within, lanes(c0));
}

}  // namespace nbk::physics
