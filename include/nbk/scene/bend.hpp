// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/scene.hpp"

#include <algorithm>
#include <cmath>

/// \file
/// How a curved detector is bent: where the pixels of the flat panel go on a sphere about the sample.

namespace nbk::scene {

/// As the C program does: the beam's end turned about the slow axis by lab y, then about the fast axis by lab z, both
/// by the distance. Meaningful in the frames of MOSFLM and DENZO only, where the image comes out mirrored.
inline physics::Bend<double> bend_by_lab_axes(const Panel& panel, const Vec3d& beam) {
  const double per_m = 1 / panel.distance_m;
  return {panel.distance_m * beam, panel.slow, {0, per_m, 0}, panel.fast, {0, 0, per_m}};
}

/// The plane wrapped round the sphere that it touches in its point nearest to the sample: lengths along the panel's own
/// axes, from there and by the radius, are latitude (slow) and longitude (fast),
///
///     P = R (cos v (cos u n + sin u f) + sin v s),   u = f.p/R, v = s.p/R for the flat point p, R the close distance.
///
/// That is n turned by v towards s, then by u towards f. It moves with the panel as a rigid body and knows no frame.
/// Where fast, slow and normal are not at right angles, f and s are made so.
inline physics::Bend<double> bend_to_sphere(const Panel& panel) {
  const auto across = [](const Vec3d& v, const Vec3d& axis) {
    return strict::unit(v - strict::scaled(strict::dot(v, axis), axis));
  };
  const Vec3d n = panel.normal, f = across(panel.fast, n), s = across(across(panel.slow, n), f);
  const double radius_m = panel.close_distance_m;
  return {radius_m * n, strict::cross(n, s), (1 / radius_m) * s, strict::cross(n, f), (1 / radius_m) * f};
}

/// At most how far a curved panel's rays are from its normal: what its beam is, and both angles in the widest corner.
inline double widest_turn_rad(const Panel& panel) {
  const physics::Bend<double>& bend = panel.bend;
  const double cosine = strict::dot(bend.start, panel.normal) / strict::magnitude(bend.start);
  double widest = 0;
  for (const double fast_m : {0.0, panel.pixels_fast * panel.pixel_size_m}) {
    for (const double slow_m : {0.0, panel.pixels_slow * panel.pixel_size_m}) {
      const Vec3d at = panel.point_m(fast_m, slow_m);
      widest = std::max(widest, std::fabs(dot(bend.first_per_m, at)) + std::fabs(dot(bend.second_per_m, at)));
    }
  }
  return widest + std::acos(std::clamp(cosine, -1.0, 1.0));
}

/// Whether a panel bent to a sphere meets itself: longitudes beyond half a turn, latitudes beyond a quarter.
inline bool overlaps_itself(const Panel& panel) {
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
