// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/experiment.hpp"
#include "nbk/scene/compat/stale_orientations.hpp"
#include "nbk/scene/scene.hpp"
#include "nbk/scene/turn_crystal.hpp"

#include <vector>

namespace nbk {

/// Orientations of the crystal: direct vectors turned about the spindle, then by the mosaic domain, [phi][domain].
/// In `compat`, scene/compat/stale_orientations.hpp has what differs at an angle of exactly 0.
inline std::vector<CellVectors> make_orientations(const Scene& scene, Policy policy) {
  if (policy == Policy::compat) return scene::compat::stale_orientations(scene);
  std::vector<CellVectors> steps;
  steps.reserve(scene.phi_rad.size());
  for (const double phi_rad : scene.phi_rad) steps.push_back(scene::turned_about_spindle(scene, phi_rad));
  return scene::with_domains(steps, scene);
}

}  // namespace nbk
