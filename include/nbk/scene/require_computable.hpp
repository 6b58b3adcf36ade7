// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/core/error.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/compat/bend_by_lab_axes.hpp"
#include "nbk/scene/sampling.hpp"
#include "nbk/scene/scene.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

/// \file
/// Checks of a scene that need its automatic choices. Every function throws InvalidInput.

namespace nbk::scene {

/// Rejects a sensor seen from behind. The share of a ray that its layers capture has no meaning there, and the
/// exponentials would overflow. (On a flat panel the cosine to the normal has the sign of the close distance.)
inline void require_facing_sensor(const Scene& scene, Policy policy) {
  if (scene.panels.front().layers.thickness_m == 0.0) return;
  if (scene.panels.front().geometry.curved && policy == Policy::compat) {
    const double turn_rad = compat::widest_turn_rad(scene.panels.front().geometry);
    require(turn_rad < constants::pi<double> / 2, "angle between a curved detector's rays and its normal, radian",
            turn_rad, "must be less than pi / 2 for a sensor with a thickness");
  }
  require(scene.panels.front().geometry.close_distance_m > 0.0, "detector.sensor.thickness_m", scene.panels.front().layers.thickness_m,
          "must be 0 where the panel is seen from behind or edge-on (close distance <= 0)");
}

/// Rejects a panel that has a sample point where the sample is: the solid angle there is no number.
inline void require_away_from_sample(const Scene& scene) {
  const PanelGeometry& p = scene.panels.front().geometry;
  const double sub_m = p.pixel_size_m / scene.panels.front().oversample;
  const auto nearest_m = [&](double wanted_m, int first, int last) {  // middle of a sub-pixel of the window
    const double lowest = double(first) * scene.panels.front().oversample, highest = (double(last) + 1) * scene.panels.front().oversample - 1;
    return (std::clamp(std::floor(wanted_m / sub_m), lowest, highest) + 0.5) * sub_m;
  };
  const PixelWindow& w = scene.panels.front().window;
  const Vec3d at = p.curved ? p.bend.start
                            : p.point_m(nearest_m(-strict::dot(p.origin_m, p.fast), w.fast_min, w.fast_max),
                                        nearest_m(-strict::dot(p.origin_m, p.slow), w.slow_min, w.slow_max));
  const double r_m = strict::magnitude(at);
  require(r_m >= 1e-12, "distance from the sample to a pixel, m", r_m,
          "must be at least 1e-12: the panel goes through the sample");
}

/// Rejects numbers of samples, rays and orientations that would overflow the counters and indices of the kernel.
inline void require_countable(const Scene& scene) {
  const double limit = std::numeric_limits<int>::max();
  const double subpixels = double(std::max(scene.panels.front().geometry.pixels_fast, scene.panels.front().geometry.pixels_slow)) * scene.panels.front().oversample;
  require(subpixels <= limit, "detector.oversample", scene.panels.front().oversample, "must leave less than 2^31 sub-pixels in a row");
  const double orientations = double(scene.phi_rad.size()) * double(scene.domains.size());
  require(orientations <= most_points, "crystal.phi.steps * crystal.mosaicity.domains", orientations, "must be <= 1e8");
  const double steps = orientations * double(scene.rays.size()) * scene.panels.front().oversample * scene.panels.front().oversample;
  require(steps < 9.0e18, "evaluations per pixel (sources, phi steps, domains, sub-pixels)", steps,
          "must fit in 64 bits");

  // |h| <= |a| |q| and |q| <= 2 / lambda.
  const CellVectors& cell = scene.lattice.direct;
  const double edge_m =
      std::max({strict::magnitude(cell.a_m), strict::magnitude(cell.b_m), strict::magnitude(cell.c_m)});
  double shortest_m = scene.wavelength_m;
  for (const Ray& ray : scene.rays) shortest_m = std::min(shortest_m, ray.wavelength_m);
  require(2.0 * edge_m / shortest_m <= limit, "cell edge * 2 / wavelength", 2.0 * edge_m / shortest_m,
          "must be less than 2^31, as the Miller indices that it bounds");
}

}  // namespace nbk::scene
