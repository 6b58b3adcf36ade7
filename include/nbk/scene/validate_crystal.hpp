// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/crystal.hpp"
#include "nbk/model/goniometer.hpp"
#include "nbk/scene/check.hpp"
#include "nbk/scene/completed_cell.hpp"
#include "nbk/scene/shape_of.hpp"
#include "nbk/scene/validate_diffuse.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

/// \file
/// Checks of a crystal and of what holds it. Every function throws InvalidInput for the first value that is not
/// allowed.

namespace nbk::scene {

/// \param cell completed
inline void validate(const UnitCell& cell) {
  for (const double edge : {cell.a_A, cell.b_A, cell.c_A}) check::positive(edge, "crystal.cell edge, Angstrom");
  for (const double angle : {cell.alpha_rad, cell.beta_rad, cell.gamma_rad})
    require(std::isfinite(angle) && angle > 0.0 && angle < std::numbers::pi, "crystal.cell angle, radian", angle,
            "must be > 0 and < pi");
  constexpr double flattest = 1e-12;
  require(squared_skew(cell) > flattest, "crystal.cell angles, (V / 2abc)^2", squared_skew(cell),
          "must be > 0: each angle less than the sum of the others, all together less than 2 pi");
}

/// Checks that the columns span space. Their lengths and handedness may be any.
inline void validate_columns(const Mat3d& m, const ParameterName& name) {
  check::finite(m.row0, name + " row 0");
  check::finite(m.row1, name + " row 1");
  check::finite(m.row2, name + " row 2");
  const Vec3d a{m.row0.x, m.row1.x, m.row2.x}, b{m.row0.y, m.row1.y, m.row2.y}, c{m.row0.z, m.row1.z, m.row2.z};
  for (const Vec3d& column : {a, b, c}) check::direction(column, name + " column");
  const double skew = strict::dot(strict::unit(a), strict::cross(strict::unit(b), strict::unit(c)));
  require(std::fabs(skew) > 1e-6, name + " determinant of its columns as unit vectors", skew, "must not be 0");
}

/// Checks that a matrix is a rotation, to 1e-6: rows are unit vectors at right angles, right-handed.
inline void validate_rotation(const Mat3d& m, const ParameterName& name) {
  check::finite(m.row0, name + " row 0");
  check::finite(m.row1, name + " row 1");
  check::finite(m.row2, name + " row 2");
  const double off =
      std::max({std::fabs(dot(m.row0, m.row0) - 1), std::fabs(dot(m.row1, m.row1) - 1),
                std::fabs(dot(m.row2, m.row2) - 1), std::fabs(dot(m.row0, m.row1)), std::fabs(dot(m.row1, m.row2)),
                std::fabs(dot(m.row2, m.row0)), std::fabs(dot(m.row0, cross(m.row1, m.row2)) - 1)});
  require(off <= 1e-6, name + ", deviation from a rotation", off, "must be at most 1e-6");
}

inline void validate(const Goniometer& goniometer) {
  validate_rotation(goniometer.fixed, "goniometer.fixed");
  validate_rotation(goniometer.setting, "goniometer.setting");
}

/// Checks that N is symmetric and positive definite: all leading minors are positive.
inline void validate_cells_matrix(const Mat3d& n) {
  const ParameterName name = "crystal.cells_matrix";
  check::finite(n.row0, name + " row 0");
  check::finite(n.row1, name + " row 1");
  check::finite(n.row2, name + " row 2");
  const double skew =
      std::max({std::fabs(n.row0.y - n.row1.x), std::fabs(n.row1.z - n.row2.y), std::fabs(n.row0.z - n.row2.x)});
  require(skew <= 1e-12 * std::fabs(n.row0.x), name + ", difference of elements across the diagonal", skew,
          "must be 0: the matrix must be symmetric");
  const double minor = n.row0.x * n.row1.y - n.row0.y * n.row1.x;
  const double determinant = dot(n.row0, cross(n.row1, n.row2));
  require(n.row0.x > 0 && minor > 0 && determinant > 0, name + " determinant", determinant,
          "must be > 0, as that of each upper left corner: the matrix must be positive definite");
}

inline void validate(const Mosaicity& mosaicity) {
  const ParameterName rotations = "crystal.mosaicity.rotations", spreads = "crystal.mosaicity.normal_spread_rad";
  for (std::size_t i = 0; i < mosaicity.rotations.size(); ++i) validate_rotation(mosaicity.rotations[i], rotations[i]);
  const std::vector<double>& normal = mosaicity.normal_spread_rad;
  require(normal.empty() || normal.size() == 1 || normal.size() == 3, spreads + " numbers", normal.size(),
          "must be 1 or 3");
  for (std::size_t i = 0; i < normal.size(); ++i) check::positive(normal[i], spreads[i]);
  check::not_negative(mosaicity.spread_rad, "crystal.mosaicity.spread_rad");
  check::count(mosaicity.domains, "crystal.mosaicity.domains");
}

inline void validate(const PhiScan& phi) {
  check::finite(phi.start_rad, "crystal.phi.start_rad");
  check::not_negative(phi.range_rad, "crystal.phi.range_rad");
  check::not_negative(phi.step_rad, "crystal.phi.step_rad");
  check::count(phi.steps, "crystal.phi.steps");
}

inline void validate(const Crystal& crystal) {
  require(crystal.cell || crystal.a_matrix || crystal.real_space_A || (crystal.u_matrix && crystal.b_matrix),
          "crystal.cell", "none", "a unit cell, an A matrix, U and B, or real-space vectors must be given");
  const auto alone = [&](bool given, const char* name, bool other) {
    require(!(given && other), name, "given", "must stand alone: there is another orientation of the crystal");
  };
  alone(crystal.real_space_A.has_value(), "crystal.real_space_A",
        crystal.cell || crystal.a_matrix || crystal.u_matrix || crystal.b_matrix);
  alone(crystal.u_matrix.has_value(), "crystal.u_matrix", crystal.a_matrix || (crystal.cell && crystal.b_matrix));
  require(!crystal.b_matrix || crystal.u_matrix, "crystal.b_matrix", "given", "must stand with crystal.u_matrix");
  if (crystal.cell) validate(completed(*crystal.cell));
  if (crystal.a_matrix) validate_columns(*crystal.a_matrix, "crystal.a_matrix");
  if (crystal.b_matrix) validate_columns(*crystal.b_matrix, "crystal.b_matrix");
  if (crystal.real_space_A) validate_columns(*crystal.real_space_A, "crystal.real_space_A");
  if (crystal.u_matrix) validate_rotation(*crystal.u_matrix, "crystal.u_matrix");
  if (crystal.cells_matrix) validate_cells_matrix(*crystal.cells_matrix);
  check::finite(crystal.misset_rad, "crystal.misset_rad");
  for (const double cells : crystal.cells)
    require(cells >= 1.0 && cells < 2147483648.0, "crystal.cells", cells, "must be >= 1 and < 2^31");
  check::not_negative(crystal.size_m.x, "crystal.size_m.x");
  check::not_negative(crystal.size_m.y, "crystal.size_m.y");
  check::not_negative(crystal.size_m.z, "crystal.size_m.z");
  with_shape(crystal.shape, [](auto) {});  // throws for a name that is none
  check::not_negative(crystal.fudge, "crystal.fudge");
  require(crystal.intensity_cut >= 0 && crystal.intensity_cut < 1, "crystal.intensity_cut", crystal.intensity_cut,
          "must be >= 0 and < 1");
  validate(crystal.mosaicity);
  validate(crystal.phi);
  if (crystal.diffuse) validate(*crystal.diffuse);
}

}  // namespace nbk::scene
