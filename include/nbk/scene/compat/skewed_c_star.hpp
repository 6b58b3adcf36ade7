// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/strict.hpp"
#include "nbk/model/crystal.hpp"
#include "nbk/scene/completed_cell.hpp"
#include "nbk/scene/reciprocal_vectors.hpp"

#include <algorithm>
#include <cmath>

namespace nbk::scene::compat {

/// Returns the cell's reciprocal vectors in the default orientation as the C program has them. It takes
/// c* V/(a b c sin gamma*) for the z component of c*, which is 1/c only if at most one angle is not right. Otherwise
/// its cell has slightly different angles from those asked for.
/// \param cell  completed, with angles that close
inline ReciprocalVectors skewed_default_orientation(const UnitCell& cell) {
  ReciprocalVectors star = default_orientation(cell);
  const double volume = cell_volume_A3(cell), per_volume = 1.0 / volume;
  const double b_star = cell.c_A * cell.a_A * std::sin(cell.beta_rad) * per_volume;
  const double c_star = cell.a_A * cell.b_A * std::sin(cell.gamma_rad) * per_volume;
  const double sin_gamma_star = std::clamp(cell.c_A * per_volume / star.a.x / b_star, -1.0, 1.0);
  star.c.z = c_star * volume / (cell.a_A * cell.b_A * cell.c_A * sin_gamma_star);
  return star;
}

}  // namespace nbk::scene::compat
