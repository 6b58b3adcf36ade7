// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"
#include "nbk/core/vec3.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/crystal.hpp"
#include "nbk/scene/completed_cell.hpp"

#include <algorithm>
#include <cmath>

namespace nbk::scene {

/// Reciprocal vectors a*, b*, c*, 1/Angstrom.
struct ReciprocalVectors {
  Vec3d a, b, c;
};

/// Returns the cell's reciprocal vectors in the default orientation: a* along x, b* in the xy plane, so that c* has the
/// z component 1/c.
/// \param cell  completed, with angles that close
inline ReciprocalVectors default_orientation(const UnitCell& cell) {
  const double per_volume = 1.0 / cell_volume_A3(cell);
  const double sin_alpha = std::sin(cell.alpha_rad), cos_alpha = std::cos(cell.alpha_rad);
  const double sin_beta = std::sin(cell.beta_rad), cos_beta = std::cos(cell.beta_rad);
  const double sin_gamma = std::sin(cell.gamma_rad), cos_gamma = std::cos(cell.gamma_rad);
  const double a_star = cell.b_A * cell.c_A * sin_alpha * per_volume;
  const double b_star = cell.c_A * cell.a_A * sin_beta * per_volume;
  const double c_star = cell.a_A * cell.b_A * sin_gamma * per_volume;

  const auto cosine = [](double first, double second, double opposite, double sines) {
    const double value = (strict::product(first, second) - opposite) / sines;
    return value * value > 1.0 ? 1.0 : value;
  };
  const double cos_alpha_star = cosine(cos_beta, cos_gamma, cos_alpha, sin_beta * sin_gamma);
  const double cos_beta_star = cosine(cos_gamma, cos_alpha, cos_beta, sin_gamma * sin_alpha);
  const double cos_gamma_star = cosine(cos_alpha, cos_beta, cos_gamma, sin_alpha * sin_beta);
  const double sin_gamma_star = std::clamp(cell.c_A * per_volume / a_star / b_star, -1.0, 1.0);

  return {
      {a_star, 0.0, 0.0},
      {b_star * cos_gamma_star, b_star * sin_gamma_star, 0.0},
      {c_star * cos_beta_star,
       c_star * (cos_alpha_star - strict::product(cos_beta_star, cos_gamma_star)) / sin_gamma_star, 1.0 / cell.c_A}};
}

/// Returns a*, b*, c* of a MOSFLM A matrix, which is U B lambda.
inline ReciprocalVectors from_a_matrix(const Mat3d& m, double wavelength_m) {
  const double per_wavelength = 1e-10 / wavelength_m;
  return {strict::scaled(per_wavelength, {m.row0.x, m.row1.x, m.row2.x}),
          strict::scaled(per_wavelength, {m.row0.y, m.row1.y, m.row2.y}),
          strict::scaled(per_wavelength, {m.row0.z, m.row1.z, m.row2.z})};
}

}  // namespace nbk::scene
