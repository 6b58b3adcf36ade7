// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/matrix_algebra.hpp"
#include "nbk/math/rotation.hpp"
#include "nbk/scene/scene.hpp"

#include <cstddef>
#include <vector>

/// \file
/// Rotation vectors of parameters that turn every orientation of the crystal by another angle. An orientation is
/// domain * setting * R(phi) * fixed * lattice; a rotation by w in front of it gives the image's derivative
/// -sum f (d - i).(A v / lambda x w), see PixelSums::twist.

namespace nbk::scene {

/// Returns the list [phi][domain] of a function of (phi, domain).
template <class Function>
std::vector<Vec3d> over_orientations(const Scene& scene, Function&& twist) {
  std::vector<Vec3d> twists;
  twists.reserve(scene.phi_rad.size() * scene.domains.size());
  for (std::size_t step = 0; step < scene.phi_rad.size(); ++step) {
    for (std::size_t domain = 0; domain < scene.domains.size(); ++domain) twists.push_back(twist(step, domain));
  }
  return twists;
}

/// Returns a rotation vector before a mosaic domain as one behind it.
inline Vec3d behind_domain(const Scene& scene, std::size_t domain, const Vec3d& twist) {
  return scene.mosaic_rotations ? scene.domains[domain] * twist : twist;
}

/// Returns the twists of turns of the domains, [phi][domain].
inline std::vector<Vec3d> twists_of_domains(const Scene& scene, const std::vector<Vec3d>& rotations) {
  return over_orientations(scene, [&](std::size_t, std::size_t domain) { return rotations[domain]; });
}

/// Returns the twists of a common change of all spindle angles, [phi][domain].
inline std::vector<Vec3d> twists_of_phi_start(const Scene& scene) {
  const Vec3d spindle = scene.goniometer.setting * scene.frame.spindle;
  return over_orientations(scene,
                           [&](std::size_t, std::size_t domain) { return behind_domain(scene, domain, spindle); });
}

/// Returns the twists of a change of the range of spindle angles, whose step i moves by i / steps, [phi][domain].
inline std::vector<Vec3d> twists_of_phi_range(const Scene& scene) {
  const Vec3d spindle = scene.goniometer.setting * scene.frame.spindle;
  const auto steps = static_cast<double>(scene.phi_rad.size());
  return over_orientations(scene, [&](std::size_t step, std::size_t domain) {
    return behind_domain(scene, domain, (static_cast<double>(step) / steps) * spindle);
  });
}

/// Returns the twists of a right-handed turn of the spindle about an axis k, [phi][domain]. R(phi) becomes
/// Q R(phi) Q^T, which turns by k - R(phi) k.
inline std::vector<Vec3d> twists_of_spindle(const Scene& scene, const Vec3d& axis) {
  return over_orientations(scene, [&](std::size_t step, std::size_t domain) {
    const Vec3d turn = axis - rotate_about(axis, scene.frame.spindle, scene.phi_rad[step]);
    return behind_domain(scene, domain, scene.goniometer.setting * turn);
  });
}

}  // namespace nbk::scene
