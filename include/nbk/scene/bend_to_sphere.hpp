// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/scene/scene.hpp"

#include <cmath>

namespace nbk::scene {

/// Wraps the plane round the sphere that it touches in its point nearest to the sample. Lengths along the panel's own
/// axes, from there and divided by the radius, are latitude (slow) and longitude (fast),
///
///     P = R (cos v (cos u n + sin u f) + sin v s),   u = f.p/R, v = s.p/R for the flat point p, R the close distance.
///
/// That is n turned by v towards s, then by u towards f. The bend moves with the panel as a rigid body. It does not
/// depend on the frame. Where fast, slow and normal are not at right angles, f and s are made so.
inline physics::Bend<double> bend_to_sphere(const PanelGeometry& panel) {
  const auto across = [](const Vec3d& v, const Vec3d& axis) {
    return strict::unit(v - strict::scaled(strict::dot(v, axis), axis));
  };
  const Vec3d n = panel.normal, f = across(panel.fast, n), s = across(across(panel.slow, n), f);
  const double radius_m = panel.close_distance_m;
  return {radius_m * n, strict::cross(n, s), (1 / radius_m) * s, strict::cross(n, f), (1 / radius_m) * f};
}

/// True if a panel bent to a sphere meets itself: longitudes beyond half a turn, or latitudes beyond a quarter.
inline bool overlaps_itself(const PanelGeometry& panel) {
  constexpr double half_turn = constants::pi<double> * (1 + 1e-9);  // a panel that just closes is fine
  const auto outside = [&](double fast_m, double slow_m) {
    const Vec3d at = panel.point_m(fast_m, slow_m);
    return std::fabs(dot(panel.bend.second_per_m, at)) > half_turn ||
           std::fabs(dot(panel.bend.first_per_m, at)) > half_turn / 2;
  };
  const double width_m = panel.pixels_fast * panel.pixel_size_m, height_m = panel.pixels_slow * panel.pixel_size_m;
  return outside(0, 0) || outside(width_m, 0) || outside(0, height_m) || outside(width_m, height_m);
}

}  // namespace nbk::scene
