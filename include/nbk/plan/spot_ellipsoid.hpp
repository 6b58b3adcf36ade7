// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"
#include "nbk/math/matrix_algebra.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>

/// \file
/// A compact spot in reciprocal space. Of the reflection n of a crystal with direct axes A (rows), the factor is 0
/// where |S (A q - n)| > R, for the matrix S of spot axes (columns, scene/spot_axes.hpp). About q0 = B n, B = A^-1,
/// that is an ellipsoid. It lies between the planes u.(q - q0) = -h(u) and h(u), with
///
///     h(u) = R |W u|,   W = S^-T B^T
///
/// No point of it is farther from q0 than R ||W||, the square root of the largest eigenvalue of W^T W. Lengths in
/// Angstrom and 1/Angstrom. Derived here; tests/unit/plan/spot_lists.cpp compares with points of such ellipsoids.

namespace nbk::plan {

/// Returns the length of a vector.
inline double length(const Vec3d& v) { return std::sqrt(dot(v, v)); }

/// Returns the largest eigenvalue of a symmetric matrix, a little too large rather than too small. Source: O. K. Smith,
/// Communications of the ACM 4 (1961) 168.
inline double largest_eigenvalue(const Mat3d& m) {
  const double mean = (m.row0.x + m.row1.y + m.row2.z) / 3;
  const double off = m.row0.y * m.row0.y + m.row0.z * m.row0.z + m.row1.z * m.row1.z;
  const Vec3d d{m.row0.x - mean, m.row1.y - mean, m.row2.z - mean};
  const double spread = std::sqrt((dot(d, d) + 2 * off) / 6);
  if (!(spread > 0)) return mean * (1 + 1e-12);
  const Mat3d scaled{{d.x / spread, m.row0.y / spread, m.row0.z / spread},
                     {m.row0.y / spread, d.y / spread, m.row1.z / spread},
                     {m.row0.z / spread, m.row1.z / spread, d.z / spread}};
  const double cosine = std::clamp(determinant(scaled) / 2, -1.0, 1.0);
  return mean + 2 * spread * std::cos(std::acos(cosine) / 3) + 1e-7 * spread;
}

/// Spots of one orientation of a crystal.
struct SpotEllipsoid {
  Mat3d star;          ///< B: columns a*, b*, c*, 1/Angstrom
  Mat3d half_widths;   ///< R W, 1/Angstrom
  double longest = 0;  ///< bound of the distance from the middle, 1/Angstrom

  /// Middle of the spot of a reflection.
  Vec3d middle(int h, int k, int l) const {
    return star * Vec3d{static_cast<double>(h), static_cast<double>(k), static_cast<double>(l)};
  }
  /// Half of the extent along u, times the length of u.
  double half_width(const Vec3d& u) const { return length(half_widths * u); }
};

/// Returns the spots of one orientation.
/// \param direct_A   rows a, b, c
/// \param spot_axes  S
/// \param radius     R
inline SpotEllipsoid spot_ellipsoid(const Mat3d& direct_A, const Mat3d& spot_axes, double radius) {
  SpotEllipsoid spot;
  spot.star = inverse(direct_A);
  spot.half_widths = radius * (transposed(inverse(spot_axes)) * transposed(spot.star));
  spot.longest = std::sqrt(largest_eigenvalue(transposed(spot.half_widths) * spot.half_widths));
  return spot;
}

}  // namespace nbk::plan
