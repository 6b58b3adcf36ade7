// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"
#include "nbk/core/vec3.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/crystal.hpp"
#include "nbk/scene/completed_cell.hpp"

#include <algorithm>
#include <cmath>
#include <optional>

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

/// Returns the reciprocal vectors of real-space vectors: a* = (b x c) / V, cyclic.
/// \param direct_A  vectors a, b, c as columns, Angstrom
inline ReciprocalVectors from_real_space(const Mat3d& direct_A) {
  const Mat3d rows = transposed(direct_A);
  const Vec3d bc = strict::cross(rows.row1, rows.row2), ca = strict::cross(rows.row2, rows.row0),
              ab = strict::cross(rows.row0, rows.row1);
  const double per_volume = 1.0 / strict::dot(rows.row0, bc);
  return {strict::scaled(per_volume, bc), strict::scaled(per_volume, ca), strict::scaled(per_volume, ab)};
}

/// Returns the real-space vectors of a cell as columns, Angstrom: a along x, b in the xy plane. Source: the convention
/// of the PDB, which dxtbx has, too.
/// \param cell  completed
inline Mat3d real_space_of(const UnitCell& cell) {
  const double cos_alpha = std::cos(cell.alpha_rad), cos_beta = std::cos(cell.beta_rad);
  const double cos_gamma = std::cos(cell.gamma_rad), sin_gamma = std::sin(cell.gamma_rad);
  const double c_y = cell.c_A * (cos_alpha - strict::product(cos_beta, cos_gamma)) / sin_gamma;
  const double c_z = cell_volume_A3(cell) / (cell.a_A * cell.b_A * sin_gamma);
  return {{cell.a_A, cell.b_A * cos_gamma, cell.c_A * cos_beta}, {0.0, cell.b_A * sin_gamma, c_y}, {0.0, 0.0, c_z}};
}

/// Returns U times reciprocal vectors.
inline ReciprocalVectors rotated(const Mat3d& rotation, const ReciprocalVectors& star) {
  return {strict::transformed(rotation, star.a), strict::transformed(rotation, star.b),
          strict::transformed(rotation, star.c)};
}

/// Returns a*, b*, c* of a rotation U and a matrix B or a cell.
/// \param cell  completed; read where there is no B
inline ReciprocalVectors from_u_matrix(const Crystal& crystal, const std::optional<UnitCell>& cell) {
  if (!crystal.b_matrix) return rotated(*crystal.u_matrix, from_real_space(real_space_of(cell.value())));
  const Mat3d rows = transposed(*crystal.b_matrix);
  return rotated(*crystal.u_matrix, {rows.row0, rows.row1, rows.row2});
}

}  // namespace nbk::scene
