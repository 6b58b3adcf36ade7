// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/scene/scene.hpp"
#include "nbk/scene/turn_crystal.hpp"

#include <vector>

namespace nbk {

namespace scene::compat {

/// Direct vectors of every phi step. A step whose angle is exactly 0 repeats the step before it, because the C program
/// skips the rotation and leaves the vectors of that step.
/// \param stale  vectors that a first step of angle 0 finds
inline std::vector<CellVectors> stale_steps(const Scene& scene, CellVectors stale) {
  std::vector<CellVectors> steps;
  steps.reserve(scene.phi_rad.size());
  for (const double phi_rad : scene.phi_rad) {
    if (phi_rad != 0.0) stale = turned_about_spindle(scene, phi_rad);
    steps.push_back(stale);
  }
  return steps;
}

/// Orientations of all but the first evaluation, [phi][domain]. A first step of angle 0 repeats the last step of the
/// evaluation before.
inline std::vector<CellVectors> stale_orientations(const Scene& scene) {
  const std::vector<CellVectors> first = stale_steps(scene, scene::turned_about_spindle(scene, 0.0));
  return with_domains(stale_steps(scene, first.back()), scene);
}

}  // namespace scene::compat

/// Orientations of the first (pixel, sub-pixel, source) that a serial run of the C program evaluates, [phi][domain].
/// There is no evaluation before it, so that leading steps of angle 0 are the crystal at phi = 0.
inline std::vector<CellVectors> make_first_evaluation_orientations(const Scene& scene) {
  return scene::with_domains(scene::compat::stale_steps(scene, scene::turned_about_spindle(scene, 0.0)), scene);
}

}  // namespace nbk
