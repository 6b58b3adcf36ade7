// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/scene/scene.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

/// \file
/// Range of a component of the directions from the sample to a flat panel.

namespace nbk::scene {

/// An interval that grows by what it is shown.
struct Range {
  double low = std::numeric_limits<double>::max(), high = std::numeric_limits<double>::lowest();

  void include(double value) {
    low = std::min(low, value);
    high = std::max(high, value);
  }
};

/// Widens `range` by v.d along an edge of the panel. Along the edge from `p` in the direction `e` (a unit vector), v.d
/// of the direction d = (p + x e) / |p + x e| is extreme where x = ((v.e) p.p - (v.p)(p.e)) / (v.p - (v.e)(p.e)).
[[gnu::noinline]] inline void include_edge(const Vec3d& v, const Vec3d& p, const Vec3d& e, double length_m,
                                           Range& range) {
  const auto include = [&](double x) {
    const Vec3d at = p + x * e;
    range.include(dot(v, at) / std::sqrt(dot(at, at)));
  };
  include(0);
  include(length_m);
  const double along = dot(v, e), across = dot(p, e), slope = dot(v, p) - along * across;
  const double extreme = (along * dot(p, p) - dot(v, p) * across) / slope;
  if (0 < extreme && extreme < length_m) include(extreme);
}

/// Range of v.d over the directions d to the window of a flat panel: they are extreme on its edges, or along v itself.
[[gnu::noinline]] inline Range direction_range(const ScenePanel& panel, const Vec3d& v) {
  const PanelGeometry& p = panel.geometry;
  const PixelWindow& w = panel.window;
  const double width_m = (w.fast_max - w.fast_min + 1) * p.pixel_size_m;
  const double height_m = (w.slow_max - w.slow_min + 1) * p.pixel_size_m;
  const Vec3d corner = p.point_of_pixel_m(w.fast_min, w.slow_min);
  Range range;
  include_edge(v, corner, p.fast, width_m, range);
  include_edge(v, corner + height_m * p.slow, p.fast, width_m, range);
  include_edge(v, corner, p.slow, height_m, range);
  include_edge(v, corner + width_m * p.fast, p.slow, height_m, range);
  // the points of the panel's plane in the directions v and -v, if they are in the window
  const double reach = dot(corner, p.normal) / dot(v, p.normal);
  const Vec3d inside = reach * v - corner;
  const double f = dot(inside, p.fast), s = dot(inside, p.slow);
  if (0 <= f && f <= width_m && 0 <= s && s <= height_m) range.include(std::copysign(std::sqrt(dot(v, v)), reach));
  return range;
}

}  // namespace nbk::scene
