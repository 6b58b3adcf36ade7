// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/scene/scene.hpp"

namespace nbk::plan {

/// Evaluations per pixel, by which the sum is divided (sensor layers are not counted).
inline double steps_per_pixel(const Scene& scene, const ScenePanel& panel) {
  return static_cast<double>(scene.rays.size()) * static_cast<double>(scene.domains.size()) *
         static_cast<double>(scene.phi_rad.size()) * panel.oversample * panel.oversample;
}

}  // namespace nbk::plan
