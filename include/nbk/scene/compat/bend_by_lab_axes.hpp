// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/strict.hpp"
#include "nbk/scene/scene.hpp"

#include <algorithm>
#include <cmath>

namespace nbk::scene::compat {

/// Bends a panel as the C program does. The beam's end is turned about the slow axis by lab y, then about the fast axis
/// by lab z, both divided by the distance. This has a meaning in the frames of MOSFLM and DENZO only, where the image
/// comes out mirrored.
inline physics::Bend<double> bend_by_lab_axes(const PanelGeometry& panel, const Vec3d& beam) {
  const double per_m = 1 / panel.distance_m;
  return {panel.distance_m * beam, panel.slow, {0, per_m, 0}, panel.fast, {0, 0, per_m}};
}

/// Upper bound of the angle between the rays to a panel bent by lab axes and its normal, radian: the angle of the beam
/// and both turns in the widest corner.
inline double widest_turn_rad(const PanelGeometry& panel) {
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

}  // namespace nbk::scene::compat
