// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/warning.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/direction_range.hpp"
#include "nbk/scene/make_panels.hpp"
#include "nbk/scene/make_rays.hpp"
#include "nbk/scene/normalised.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

namespace nbk::scene {

/// Returns the finest resolution d that any pixel of the detector sees with any ray, metre: 1 / d = |d - i| / lambda
/// for the directions d of the pixels and i of the ray. Nothing for curved panels, whose directions are not bounded
/// here. \throws InvalidInput  a frame, beam or detector that makes no scene
inline std::optional<double> finest_resolution_m(const Experiment& experiment) {
  std::vector<Warning> ignored;
  const Frame frame = normalised(experiment.frame, experiment.policy, ignored);
  const std::vector<ScenePanel> panels = make_panels(experiment.detector, frame, experiment.policy, ignored);
  const std::vector<Ray> rays = make_rays(experiment.beam, frame);
  double largest_per_m = 0;
  for (const ScenePanel& panel : panels) {
    if (panel.geometry.curved) return std::nullopt;
    for (const Ray& ray : rays) {
      const double cosine = std::clamp(direction_range(panel, ray.incident).low, -1.0, 1.0);
      largest_per_m = std::max(largest_per_m, std::sqrt(2 - 2 * cosine) / ray.wavelength_m);
    }
  }
  if (!(largest_per_m > 0)) return std::nullopt;
  return 1 / largest_per_m;
}

}  // namespace nbk::scene
