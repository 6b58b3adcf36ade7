// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/physics/background.hpp"
#include "nbk/scene/scene.hpp"

namespace nbk::plan {

/// Returns the start of the sum of a pixel, for water of this thickness. In `compat`, as in nanoBragg, it carries
/// r_e^2 fluence twice and is divided by the steps; `corrected` adds it once.
inline double flat_background(const Scene& scene, Policy policy, double water_size_m) {
  const double water = physics::water_molecules_scattering(water_size_m);
  const double dose = constants::electron_radius_sqr_m2 * scene.fluence_per_m2;
  const auto orientations = static_cast<double>(scene.domains.size() * scene.phi_rad.size());
  return policy == Policy::compat ? water * dose : water * orientations;
}

}  // namespace nbk::plan
