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

/// Path of a list of panels in messages.
inline constexpr ParameterName panels_name = "detector.panels";

/// Returns the path of a panel in messages.
inline ParameterName panel_name(std::size_t index) { return panels_name[index]; }

/// Returns the same for a panel of a scene: "detector" for the one that a detector describes.
inline ParameterName panel_name(const Scene& scene, std::size_t index) {
  return scene.panels_listed ? panel_name(index) : "detector";
}

/// Rejects a sensor seen from behind. The share of a ray that its layers capture has no meaning there, and the
/// exponentials would overflow. (On a flat panel the cosine to the normal has the sign of the close distance.)
inline void require_facing_sensor(const ScenePanel& panel, Policy policy, const ParameterName& name) {
  if (panel.layers.thickness_m == 0.0) return;
  if (panel.geometry.curved && policy == Policy::compat) {
    const double turn_rad = compat::widest_turn_rad(panel.geometry);
    require(turn_rad < constants::pi<double> / 2, "angle between a curved detector's rays and its normal, radian",
            turn_rad, "must be less than pi / 2 for a sensor with a thickness");
  }
  require(panel.geometry.close_distance_m > 0.0, name + ".sensor.thickness_m", panel.layers.thickness_m,
          "must be 0 where the panel is seen from behind or edge-on (close distance <= 0)");
}

/// Rejects a panel that has a sample point where the sample is: the solid angle there is no number.
/// \param name  path of the panel in messages
inline void require_away_from_sample(const ScenePanel& panel, const ParameterName& name) {
  const PanelGeometry& p = panel.geometry;
  const double sub_m = p.pixel_size_m / panel.oversample;
  const auto nearest_m = [&](double wanted_m, int first, int last) {  // middle of a sub-pixel of the window
    const double lowest = double(first) * panel.oversample, highest = (double(last) + 1) * panel.oversample - 1;
    return (std::clamp(std::floor(wanted_m / sub_m), lowest, highest) + 0.5) * sub_m;
  };
  const PixelWindow& w = panel.window;
  const Vec3d at =
      p.curved ? p.bend.start
               : p.point_m(
                     nearest_m(-strict::dot(p.origin_m, p.fast), p.first_fast + w.fast_min, p.first_fast + w.fast_max),
                     nearest_m(-strict::dot(p.origin_m, p.slow), p.first_slow + w.slow_min, p.first_slow + w.slow_max));
  const double r_m = strict::magnitude(at);
  require(r_m >= 1e-12, name + ", distance from the sample to a pixel, m", r_m,
          "must be at least 1e-12: the panel goes through the sample");
}

/// Rejects numbers of samples, rays and orientations that would overflow the counters and indices of the kernel.
inline void require_countable(const Scene& scene) {
  const double limit = std::numeric_limits<int>::max();
  int finest = 1;
  for (std::size_t i = 0; i < scene.panels.size(); ++i) {
    const ScenePanel& panel = scene.panels[i];
    const PanelGeometry& p = panel.geometry;
    const ParameterName name = panel.wanted_oversample > 0 ? panel_name(scene, i) : "detector";
    const double end = std::max(double(p.first_fast) + p.pixels_fast, double(p.first_slow) + p.pixels_slow);
    require(end * panel.oversample <= limit, name + ".oversample", panel.oversample,
            "must leave less than 2^31 sub-pixels in a row");
    finest = std::max(finest, panel.oversample);
  }
  const double orientations = double(scene.phi_rad.size()) * double(scene.domains.size());
  require(orientations <= most_points, "crystal.phi.steps * crystal.mosaicity.domains", orientations, "must be <= 1e8");
  const double steps = orientations * double(scene.rays.size()) * finest * finest;
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
