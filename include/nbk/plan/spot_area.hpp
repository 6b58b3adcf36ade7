// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/plan/spot_rectangle.hpp"

#include <algorithm>
#include <cmath>

namespace nbk::plan {

/// A window of a panel for which spots are listed, and the directions in which it lies.
struct SpotArea {
  PanelPlane plane;
  Vec3d axis;          ///< unit vector to its middle
  double cosine = -1;  ///< of the angle between the axis and its farthest point; -1: not known
  double sine = 0;     ///< of that angle

  /// Returns false if no ray that is within `half` of v can reach the area. (A cone of rays about v: the sine of its
  /// half angle is half / |v|.)
  bool may_meet(const Vec3d& v, double v_sqr, double half) const {
    const double side_sqr = v_sqr - half * half;
    if (cosine <= 0 || side_sqr <= 0) return true;
    return dot(v, axis) >= cosine * std::sqrt(side_sqr) - sine * half;
  }
};

/// Returns the area of a window.
template <class PrecisionT>
SpotArea spot_area(const Tables<PrecisionT>& tables, const PixelWindow& window) {
  SpotArea area;
  area.plane = panel_plane(tables, window);
  if (!area.plane.usable) return area;
  const auto& panel = tables.panel;
  const auto in_double = [](const auto& v) { return vec3_cast<double>(v); };
  const auto size = static_cast<double>(panel.pixel_size);
  const double depth = static_cast<double>(tables.layers.step_m) * (tables.layers.count - 1);
  const auto at = [&](double fast, double slow, double depth_m) {
    return in_double(panel.origin) + (fast + tables.first_fast) * size * in_double(panel.fast) +
           (slow + tables.first_slow) * size * in_double(panel.slow) + depth_m * in_double(panel.normal);
  };
  const double fast[2] = {window.fast_min - 0.5, window.fast_max + 1.5};
  const double slow[2] = {window.slow_min - 0.5, window.slow_max + 1.5};
  const Vec3d middle = at((fast[0] + fast[1]) / 2, (slow[0] + slow[1]) / 2, depth / 2);
  area.axis = (1 / length(middle)) * middle;
  area.cosine = 1;
  for (int corner = 0; corner < 8; ++corner) {
    const Vec3d point = at(fast[corner & 1], slow[corner >> 1 & 1], corner >> 2 != 0 ? depth : 0.0);
    area.cosine = std::min(area.cosine, dot(point, area.axis) / length(point));
  }
  area.cosine -= 1e-6;  // for rounding of single precision
  area.sine = std::sqrt(std::max(0.0, 1 - area.cosine * area.cosine));
  return area;
}

/// Returns bounds of |d - i| over the directions d to an area. A cone narrower than a right angle about its axis holds
/// all of an area whose corners it holds.
inline Resolution differences_of(const SpotArea& area, const Vec3d& incident) {
  if (area.cosine <= 0) return {0, 2};
  const double turn = std::acos(std::clamp(area.cosine, -1.0, 1.0));
  const double to_axis = std::acos(std::clamp(dot(area.axis, incident), -1.0, 1.0));
  const auto difference = [](double angle) { return 2 * std::sin(std::clamp(angle, 0.0, 3.14159266) / 2); };
  return {difference(to_axis - turn - 1e-6), std::min(2.0, difference(to_axis + turn + 1e-6))};
}

}  // namespace nbk::plan
