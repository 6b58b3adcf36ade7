// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"
#include "nbk/math/strict.hpp"

#include <cmath>
#include <numbers>

namespace nbk {

namespace detail {

/// Rotates the pair (first, second) by `angle_rad`. A zero angle changes no bit.
[[gnu::noinline]] inline void rotate_pair(double& first, double& second, double angle_rad) {
  if (angle_rad == 0.0) return;
  const double cosine = std::cos(angle_rad), sine = std::sin(angle_rad);
  const double rotated = strict::product(first, cosine) - strict::product(second, sine);
  second = strict::product(first, sine) + strict::product(second, cosine);
  first = rotated;
}

}  // namespace detail

/// Returns Rz(angles.z) Ry(angles.y) Rx(angles.x) v: right-handed turns about lab x, then y, then z.
[[gnu::noinline]] inline Vec3d rotate_xyz(Vec3d v, const Vec3d& angles_rad) {
  detail::rotate_pair(v.y, v.z, angles_rad.x);
  detail::rotate_pair(v.z, v.x, angles_rad.y);
  detail::rotate_pair(v.x, v.y, angles_rad.z);
  return v;
}

/// Returns Rodrigues' rotation, v cos t + (n x v) sin t + n (n.v)(1 - cos t). The axis n is not normalised: this is a
/// rotation only if n is a unit vector.
[[gnu::noinline]] inline Vec3d rotate_about(const Vec3d& v, const Vec3d& axis, double angle_rad) {
  const double cosine = std::cos(angle_rad), sine = std::sin(angle_rad);
  const double along = strict::product(strict::dot(axis, v), 1.0 - cosine);
  return strict::scaled(along, axis) + strict::scaled(cosine, v) + strict::scaled(sine, strict::cross(axis, v));
}

/// Returns the angles for which rotate_xyz turns as `rotation` does, up to normalisation of its rows.
/// \return (x, y, z) in radian; where y is a right angle, x is set to pi.
[[gnu::noinline]] inline Vec3d xyz_angles(const Mat3d& rotation) {
  // Twice: the second pass removes the rounding that the first leaves. Source: nanoBragg.
  const Vec3d row0 = strict::unit(strict::unit(rotation.row0));
  const Vec3d row1 = strict::unit(strict::unit(rotation.row1));
  const Vec3d row2 = strict::unit(strict::unit(rotation.row2));
  if (strict::product(row2.x, row2.x) < 1.0) {
    const double in_plane = std::sqrt(strict::product(row2.y, row2.y) + strict::product(row2.z, row2.z));
    return {std::atan2(row2.y, row2.z), std::atan2(-row2.x, in_plane), std::atan2(row1.x, row0.x)};
  }
  return {std::numbers::pi, std::numbers::pi / 2, std::atan2(row0.y, -row1.y)};
}

}  // namespace nbk
