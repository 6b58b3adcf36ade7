// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/scene/index_bounds.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

/// \file
/// Ranges of the Miller indices of an image, for given orientations. They are as narrow as the panel, where
/// index_bounds.hpp only knows the distance of its corners. The C program stops interpolating for the rest of the image
/// once an evaluation leaves its table (docs/numerics/order.md), so that it matters whether one may.

namespace nbk::scene::compat {

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
inline void include_edge(const Vec3d& v, const Vec3d& p, const Vec3d& e, double length_m, Range& range) {
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
inline Range direction_range(const Scene& scene, const Vec3d& v) {
  const PanelGeometry& p = scene.panels.front().geometry;
  const PixelWindow& w = scene.panels.front().window;
  const double width_m = (w.fast_max - w.fast_min + 1) * p.pixel_size_m;
  const double height_m = (w.slow_max - w.slow_min + 1) * p.pixel_size_m;
  const Vec3d corner = p.point_m(w.fast_min * p.pixel_size_m, w.slow_min * p.pixel_size_m);
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

/// Ranges of h, k and l over the image. They are wider than needed for a curved or a thick sensor, and for many
/// orientations and rays.
inline std::array<Range, 3> index_ranges(const Scene& scene, const std::vector<CellVectors>& orientations) {
  constexpr std::size_t most_pairs = 100'000;
  std::array<Range, 3> ranges;
  if (scene.panels.front().geometry.curved || scene.panels.front().layers.count > 1 || orientations.size() > most_pairs / scene.rays.size()) {
    const std::array<double, 3> bound = index_bounds(scene);
    for (std::size_t i = 0; i < 3; ++i) ranges[i] = {-bound[i], bound[i]};
    return ranges;
  }
  for (const CellVectors& cell : orientations) {
    const std::array<Vec3d, 3> axes{cell.a_m, cell.b_m, cell.c_m};
    for (std::size_t i = 0; i < 3; ++i) {
      const Range range = direction_range(scene, axes[i]);
      for (const Ray& ray : scene.rays) {
        ranges[i].include((range.low - dot(axes[i], ray.incident)) / ray.wavelength_m);
        ranges[i].include((range.high - dot(axes[i], ray.incident)) / ray.wavelength_m);
      }
    }
  }
  return ranges;
}

/// False if every evaluation certainly finds the 4 x 4 x 4 reflections that tricubic interpolation needs.
inline bool may_leave_table(const Scene& scene, const std::vector<CellVectors>& orientations,
                            const StructureFactors& f) {
  constexpr double rounding = 1e-3;  // more than single precision loses of an index within a table
  const std::array<Range, 3> ranges = index_ranges(scene, orientations);
  const auto fits = [&](const Range& range, int low, int high) {
    return low + 2 + rounding <= range.low && range.high <= high - 2 - rounding;
  };
  return !(fits(ranges[0], f.h_min, f.h_max) && fits(ranges[1], f.k_min, f.k_max) && fits(ranges[2], f.l_min, f.l_max));
}

}  // namespace nbk::scene::compat
