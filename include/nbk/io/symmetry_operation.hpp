// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/io/number_text.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string_view>

/// \file
/// Operations of a space group on positions and on Miller indices. Space groups by name are elsewhere, in
/// io/gemmi/gemmi_symmetry.hpp.

namespace nbk::io {

/// Miller indices h, k, l.
using Miller = std::array<int, 3>;

/// One operation of a space group: x' = R x + t on fractional coordinates.
struct SymmetryOperation {
  static constexpr int parts = 24;  ///< of a cell edge, in which translations are counted

  std::array<std::array<int, 3>, 3> rotation{{{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};  ///< R, row by row
  std::array<int, 3> translation{};                                               ///< t in 24ths of the edges

  /// Compares rotation and translation.
  bool operator==(const SymmetryOperation&) const = default;
};

/// Returns the index h R, whose structure factor has the amplitude of h.
constexpr Miller equivalent_index(const SymmetryOperation& operation, const Miller& index) {
  Miller result{};
  for (std::size_t column = 0; column < 3; ++column) {
    for (std::size_t row = 0; row < 3; ++row) result[column] += index[row] * operation.rotation[row][column];
  }
  return result;
}

/// Returns the 24ths of a turn of 2 pi h.t, from 0 to 23: the phase of h R is that of h less this turn.
constexpr int phase_turn(const SymmetryOperation& operation, const Miller& index) {
  int turn = 0;
  for (std::size_t axis = 0; axis < 3; ++axis) {
    turn += index[axis] % SymmetryOperation::parts * operation.translation[axis];
  }
  turn %= SymmetryOperation::parts;
  return turn < 0 ? turn + SymmetryOperation::parts : turn;
}

/// Returns true if an operation forbids the reflection: it maps h to itself and turns its phase.
constexpr bool forbids(const SymmetryOperation& operation, const Miller& index) {
  return phase_turn(operation, index) != 0 && equivalent_index(operation, index) == index;
}

namespace detail {

/// Adds one term of a coordinate, "x", "-y" or "1/2", to its row. \return false for any other text
inline bool add_term(std::string_view term, SymmetryOperation& operation, std::size_t row) {
  const int sign = term.starts_with('-') ? -1 : 1;
  if (term.starts_with('-') || term.starts_with('+')) term.remove_prefix(1);
  if (term.empty()) return false;
  if (term.size() == 1) {
    constexpr std::string_view letters = "xyzXYZ";
    const std::size_t letter = letters.find(term[0]);
    if (letter != std::string_view::npos) {
      operation.rotation[row][letter % 3] += sign;
      return true;
    }
  }
  const std::size_t slash = term.find('/');
  const auto above = to_number<double>(term.substr(0, slash));
  const auto below = slash == std::string_view::npos ? 1.0 : to_number<double>(term.substr(slash + 1));
  if (!above || !below || !(*below > 0) || !(*above >= 0) || *above > 24 * *below) return false;
  // Decimals such as 0.333 stand for the nearest 24th.
  const double exact = *above / *below * SymmetryOperation::parts;
  const int nearest = static_cast<int>(std::lround(exact));
  if (exact - nearest > 0.05 || nearest - exact > 0.05) return false;
  operation.translation[row] += sign * nearest;
  return true;
}

}  // namespace detail

/// Reads an operation as programs write it, for example "x, 1/2-y, z+0.5". Spaces do not count.
/// \return nothing for any other text, or where the rotation is singular
inline std::optional<SymmetryOperation> parse_symmetry_operation(std::string_view text) {
  SymmetryOperation operation{.rotation = {}, .translation = {}};
  std::size_t row = 0;
  std::array<char, 32> term{};
  std::size_t length = 0;
  const auto end_term = [&] {
    const bool good = detail::add_term({term.data(), length}, operation, row);
    length = 0;
    return good;
  };
  for (const char letter : text) {
    if (white_space.find(letter) != std::string_view::npos) continue;
    if (letter == ',') {
      if (!end_term() || ++row > 2) return std::nullopt;
      continue;
    }
    if ((letter == '+' || letter == '-') && length > 0 && !end_term()) return std::nullopt;
    if (length == term.size()) return std::nullopt;
    term[length++] = letter;
  }
  if (!end_term() || row != 2) return std::nullopt;
  for (int& shift : operation.translation) {
    shift %= SymmetryOperation::parts;
    if (shift < 0) shift += SymmetryOperation::parts;
  }
  const auto& r = operation.rotation;
  for (const auto& row_of_r : r) {
    for (const int element : row_of_r) {
      if (element < -2 || element > 2) return std::nullopt;  // in no cell that anyone uses
    }
  }
  const int determinant = r[0][0] * (r[1][1] * r[2][2] - r[1][2] * r[2][1]) -
                          r[0][1] * (r[1][0] * r[2][2] - r[1][2] * r[2][0]) +
                          r[0][2] * (r[1][0] * r[2][1] - r[1][1] * r[2][0]);
  if (determinant != 1 && determinant != -1) return std::nullopt;
  return operation;
}

}  // namespace nbk::io
