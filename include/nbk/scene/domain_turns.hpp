// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/math/matrix_algebra.hpp"
#include "nbk/math/strict.hpp"

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace nbk {

/// Rotation of every mosaic domain, in the laboratory.
struct DomainTurn {
  std::vector<Vec3d> rotations;  ///< [domain], rotation vector in radian per unit, about the domain's present place
};

/// Returns the rotation vector of a rotation: its axis times its angle, 0 to pi, in radian.
inline Vec3d rotation_vector(const Mat3d& rotation) {
  const Vec3d sine = axial_vector(rotation);
  const double length = strict::magnitude(sine);
  const double cosine = (rotation.row0.x + rotation.row1.y + rotation.row2.z - 1.0) / 2.0;
  return length == 0.0 ? sine : (std::atan2(length, cosine) / length) * sine;
}

/// Mosaic domains as turns about fixed axes by multiples of one or three spreads.
///
/// Domain i is the right-handed rotation about its axis by multiple s_i, with 1/s_i^2 the sum of (axis_j / spread_j)^2
/// over the laboratory's x, y, z: three spreads are those along x, y, z, one counts for all.
struct DomainAxes {
  std::vector<Vec3d> axes;         ///< [domain], unit vectors
  std::vector<double> multiples;   ///< [domain]
  std::vector<double> spread_rad;  ///< one, or three along x, y, z; > 0
};

/// Returns the change of all domains by one of the spreads, which are the domains' own.
/// \param spread  number of the spread
/// \throws InvalidInput  lists that do not fit, a spread that is not positive
inline DomainTurn turn_by_spread(const DomainAxes& domains, std::size_t spread) {
  const std::size_t spreads = domains.spread_rad.size();
  require(domains.axes.size() == domains.multiples.size(), "multiples of mosaic domains", domains.multiples.size(),
          "must be " + std::to_string(domains.axes.size()) + ", as many as axes");
  require(spreads == 1 || spreads == 3, "mosaic spreads", spreads, "must be 1 or 3");
  require(spread < spreads, "number of the mosaic spread", spread, "must be less than " + std::to_string(spreads));
  for (const double value : domains.spread_rad) require(value > 0.0, "mosaic spread, rad", value, "must be > 0");
  const auto of_axis = [&](std::size_t axis) { return domains.spread_rad[spreads == 1 ? 0 : axis]; };
  DomainTurn turn;
  for (std::size_t i = 0; i < domains.axes.size(); ++i) {
    const Vec3d& axis = domains.axes[i];
    const Vec3d share{axis.x / of_axis(0), axis.y / of_axis(1), axis.z / of_axis(2)};
    const double effective = 1.0 / strict::magnitude(share);
    const double moved = spreads == 1  ? dot(share, share)
                         : spread == 0 ? share.x * share.x
                         : spread == 1 ? share.y * share.y
                                       : share.z * share.z;
    const double derivative = effective * effective * effective * moved / domains.spread_rad[spread];
    turn.rotations.push_back((domains.multiples[i] * derivative) * axis);
  }
  return turn;
}

/// Returns the change of all domains from derivatives of their matrices.
/// \param rotations    the domains' rotations, [domain]
/// \param derivatives  of their elements, per unit of the parameter, [domain]
/// \throws InvalidInput  lists of different lengths
inline DomainTurn turn_by_matrices(const std::vector<Mat3d>& rotations, const std::vector<Mat3d>& derivatives) {
  require(rotations.size() == derivatives.size(), "derivatives of mosaic rotations", derivatives.size(),
          "must be " + std::to_string(rotations.size()) + ", as many as rotations");
  DomainTurn turn;
  for (std::size_t i = 0; i < rotations.size(); ++i)
    turn.rotations.push_back(axial_vector(derivatives[i] * transposed(rotations[i])));
  return turn;
}

/// Returns the change of all domains by a common spread that every domain's angle is proportional to.
inline DomainTurn turn_by_common_spread(const std::vector<Mat3d>& rotations, double spread_rad) {
  DomainTurn turn;
  for (const Mat3d& rotation : rotations) turn.rotations.push_back((1.0 / spread_rad) * rotation_vector(rotation));
  return turn;
}

}  // namespace nbk
