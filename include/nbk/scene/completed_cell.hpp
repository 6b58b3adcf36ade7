// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/model/crystal.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <numbers>

namespace nbk::scene {

/// Returns the cell with what a user may leave out. Edges that are 0 become equal to a, angles that are 0 become right,
/// but only after the last part that is given.
/// \throws InvalidInput for a zero edge or angle before one that is given
inline UnitCell completed(UnitCell cell) {
  const std::array<double*, 6> parts{&cell.a_A, &cell.b_A, &cell.c_A, &cell.alpha_rad, &cell.beta_rad, &cell.gamma_rad};
  constexpr std::array<const char*, 6> names{"a_A", "b_A", "c_A", "alpha_rad", "beta_rad", "gamma_rad"};
  const ParameterName cell_name = "crystal.cell.";
  bool may_be_missing = true;
  for (std::size_t i = parts.size(); i-- > 0;) {
    double& part = *parts[i];
    if (part == 0.0 && may_be_missing && i > 0) continue;
    may_be_missing = false;
    require(part > 0.0, cell_name + names[i], part, "must be > 0");
  }
  for (std::size_t i = 1; i < parts.size(); ++i)
    if (*parts[i] == 0.0) *parts[i] = i < 3 ? cell.a_A : std::numbers::pi / 2;
  return cell;
}

/// V^2 / (2 a b c)^2 = sin s sin(s - alpha) sin(s - beta) sin(s - gamma), s half the sum of the angles; positive just
/// for angles that close to a cell.
inline double squared_skew(const UnitCell& cell) {
  const double half_sum = (cell.alpha_rad + cell.beta_rad + cell.gamma_rad) / 2;
  return std::sin(half_sum) * std::sin(half_sum - cell.alpha_rad) * std::sin(half_sum - cell.beta_rad) *
         std::sin(half_sum - cell.gamma_rad);
}

/// Volume of a completed cell, Angstrom^3.
inline double cell_volume_A3(const UnitCell& cell) {
  return 2.0 * cell.a_A * cell.b_A * cell.c_A * std::sqrt(squared_skew(cell));
}

}  // namespace nbk::scene
