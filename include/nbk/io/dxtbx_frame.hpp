// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"
#include "nbk/core/vec3.hpp"
#include "nbk/math/matrix_algebra.hpp"
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

/// Returns the rotation from nbk's laboratory to that of dxtbx and imgCIF, in which photons travel along -z. A beam
/// near one of the laboratory's axes is first turned as the conventions have it: a beam near +x (MOSFLM's and the
/// custom one) has dxtbx's axes along z, y and -x, one near +z (XDS's and others) along x, -y and -z. The small rest is
/// the shortest turn. \param beam  direction in which the photons travel
inline Mat3d dxtbx_frame(const Vec3d& beam) {
  const double length = std::sqrt(dot(beam, beam));
  const Vec3d unit{beam.x / length, beam.y / length, beam.z / length};
  const Vec3d along{0, 0, -1};
  constexpr double near = 0.5;
  Mat3d named = Mat3d::identity();
  if (unit.z > near) named = {{1, 0, 0}, {0, -1, 0}, {0, 0, -1}};
  if (unit.x > near) named = {{0, 0, 1}, {0, 1, 0}, {-1, 0, 0}};
  if (unit.x < -near) named = {{0, 0, -1}, {0, 1, 0}, {1, 0, 0}};
  if (unit.y > near) named = {{1, 0, 0}, {0, 0, 1}, {0, -1, 0}};
  if (unit.y < -near) named = {{1, 0, 0}, {0, 0, -1}, {0, 1, 0}};
  return detail::shortest_turn(named * unit, along) * named;
}

/// Returns the rotation for the beam of a scene.
inline Mat3d dxtbx_frame(const Scene& scene) { return dxtbx_frame(scene.frame.beam); }

/// Returns a vector of dxtbx's laboratory in that of McStas and NeXus, in which photons travel along +z.
inline Vec3d mcstas_of_dxtbx(const Vec3d& v) { return {-v.x, v.y, -v.z}; }

}  // namespace nbk::io
