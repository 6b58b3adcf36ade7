// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"
#include "nbk/core/vec3.hpp"
#include "nbk/math/matrix_algebra.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/scene/scene.hpp"

#include <cmath>

namespace nbk::io {

namespace detail {

/// Returns the shortest rotation that takes one unit vector to another.
inline Mat3d shortest_turn(const Vec3d& from, const Vec3d& to) {
  const Vec3d axis = cross(from, to);
  const double cosine = dot(from, to), f = 1.0 / (1.0 + cosine);
  return {{cosine + f * axis.x * axis.x, f * axis.x * axis.y - axis.z, f * axis.x * axis.z + axis.y},
          {f * axis.x * axis.y + axis.z, cosine + f * axis.y * axis.y, f * axis.y * axis.z - axis.x},
          {f * axis.x * axis.z - axis.y, f * axis.y * axis.z + axis.x, cosine + f * axis.z * axis.z}};
}

}  // namespace detail

/// Returns the turn from nbk's laboratory to the axes of dxtbx and imgCIF, in which photons travel along -z or nearly
/// so. A beam near +x (MOSFLM's convention and others) has dxtbx's axes along z, y and -x; one near +z (XDS's) along x,
/// -y and -z. A beam near -z is there already, with every bit. A beam that is a little off
/// stays so.
/// \param beam  direction in which the photons travel
inline Mat3d dxtbx_axes(const Vec3d& beam) {
  const Vec3d unit = strict::unit(beam);
  const double most = std::fmax(std::fmax(std::fabs(unit.x), std::fabs(unit.y)), std::fabs(unit.z));
  if (unit.x == most) return {{0, 0, 1}, {0, 1, 0}, {-1, 0, 0}};
  if (unit.x == -most) return {{0, 0, -1}, {0, 1, 0}, {1, 0, 0}};
  if (unit.y == most) return {{1, 0, 0}, {0, 0, 1}, {0, -1, 0}};
  if (unit.y == -most) return {{1, 0, 0}, {0, 0, -1}, {0, 1, 0}};
  if (unit.z == most) return {{1, 0, 0}, {0, -1, 0}, {0, 0, -1}};
  return Mat3d::identity();
}

/// Returns the rotation from nbk's laboratory to that of dxtbx and imgCIF in which photons travel along -z exactly:
/// dxtbx_axes() and the shortest turn of what is left.
/// \param beam  direction in which the photons travel
inline Mat3d dxtbx_frame(const Vec3d& beam) {
  const Mat3d axes = dxtbx_axes(beam);
  return detail::shortest_turn(axes * strict::unit(beam), {0, 0, -1}) * axes;
}

/// Returns the rotation for the beam of a scene.
inline Mat3d dxtbx_frame(const Scene& scene) { return dxtbx_frame(scene.frame.beam); }

/// Returns a vector of dxtbx's laboratory in that of McStas, NeXus and CrystFEL, in which photons travel along +z. The
/// same way leads back.
inline Vec3d mcstas_of_dxtbx(const Vec3d& v) { return {-v.x, v.y, -v.z}; }

}  // namespace nbk::io
