// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/experiment.hpp"
#include "nbk/scene/direction_range.hpp"
#include "nbk/scene/scene.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

namespace nbk::scene {

/// Returns true if a mask leaves a pixel.
inline bool leaves_pixels(const std::vector<std::uint16_t>& mask) {
  return mask.empty() || std::any_of(mask.begin(), mask.end(), [](std::uint16_t pixel) { return pixel != 0; });
}

/// Lower bound of |d - i| / lambda of the directions d to a flat panel over all rays, 1/m. 0 for other panels. A point
/// inside of the sensor lies in a direction that differs by at most its depth over the distance of the panel's plane.
inline double smallest_q_per_m(const ScenePanel& panel, const std::vector<Ray>& rays) {
  const double depth_m = panel.layers.step_m * (panel.layers.count - 1);
  const double turn = depth_m > 0 ? depth_m / std::fabs(panel.geometry.close_distance_m) : 0.0;
  if (panel.geometry.curved || !std::isfinite(turn)) return 0;
  double least = std::numeric_limits<double>::max();
  for (const Ray& ray : rays) {
    const double cosine = std::min(1.0, direction_range(panel, ray.incident).high + 1e-9);  // a margin for rounding
    least = std::min(least, (std::sqrt(2 - 2 * cosine) - turn) / ray.wavelength_m);
  }
  return least;
}

/// Returns false if all pixels of a panel are certainly 0: they are masked, or beyond the resolution limit.
inline bool is_reached(const ScenePanel& panel, const std::vector<std::uint16_t>& mask, const std::vector<Ray>& rays,
                       const Experiment& experiment) {
  if (!leaves_pixels(mask)) return false;
  if (experiment.dmin_m <= 0.0 || experiment.water_size_m > 0.0 || !experiment.materials.empty()) return true;
  return !(smallest_q_per_m(panel, rays) * experiment.dmin_m > 1 + 1e-5);
}

}  // namespace nbk::scene
