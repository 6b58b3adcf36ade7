// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"
#include "nbk/math/matrix_algebra.hpp"
#include "nbk/model/crystal.hpp"
#include "nbk/scene/reciprocal_vectors.hpp"

#include <cmath>
#include <optional>

namespace nbk::scene {

/// Returns the cell of three real-space vectors. \param direct_A  a, b, c as columns, Angstrom
inline UnitCell cell_of_vectors(const Mat3d& direct_A) {
  const Mat3d rows = transposed(direct_A);
  const Vec3d &a = rows.row0, &b = rows.row1, &c = rows.row2;
  const auto length = [](const Vec3d& v) { return std::sqrt(dot(v, v)); };
  const auto angle = [&](const Vec3d& v, const Vec3d& w) { return std::acos(dot(v, w) / (length(v) * length(w))); };
  return {length(a), length(b), length(c), angle(b, c), angle(a, c), angle(a, b)};
}

/// Returns the cell that a crystal has by its vectors, matrices or edges; nothing where it has none of them.
/// \param wavelength_m  of the beam, which a MOSFLM A matrix contains
inline std::optional<UnitCell> cell_of(const Crystal& crystal, double wavelength_m) {
  if (crystal.real_space_A) return cell_of_vectors(*crystal.real_space_A);
  if (crystal.cell) return crystal.cell;
  if (crystal.a_matrix) return cell_of_vectors(inverse((1e-10 / wavelength_m) * transposed(*crystal.a_matrix)));
  if (crystal.b_matrix) return cell_of_vectors(inverse(transposed(*crystal.b_matrix)));
  return std::nullopt;
}

}  // namespace nbk::scene
