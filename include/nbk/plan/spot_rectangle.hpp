// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/plan/spot_window.hpp"
#include "nbk/plan/tables.hpp"

#include <algorithm>
#include <cmath>

/// \file
/// The pixels that a spot can light. Rays v = q0 + s i + d leave the sample for the points d of the spot. On a panel
/// with normal n and dual axes f, g of its rows and columns, P.f is the coordinate along a row. A ray meets the plane D
/// away at P = v D / (v.n), so that its place along a row is D c with c = (v.f) / (v.n). Of all rays with one s, c ends
/// where the plane v.(f - c n) = 0 touches the ellipsoid, (v0.(f - c n))^2 = h(f - c n)^2:
///
///     c = [x z - fn -+ sqrt((x z - fn)^2 - (z^2 - nn)(x^2 - ff))] / (z^2 - nn)
///
/// with v0 = q0 + s i, x = v0.f, z = v0.n, and ff = h(f)^2, nn = h(n)^2, fn = R^2 (W f).(W n). The rays of the s
/// between two are on lines between rays of the two, and c keeps convexity while v.n > 0: the two ends are enough.
/// If rays of an end graze the plane (z <= h(n)), the whole window is taken. Layers of the sensor are planes of
/// other D. Margin: PanelPlane::margin sub-pixels. Derived here; tests/unit/plan/spot_lists.cpp compares with all
/// pixels.

namespace nbk::plan {

/// A rectangle of pixels, bounds included; none if `fast_least` is above `fast_most`. Numbers of a window: from the
/// panel's own first pixel.
struct PixelRectangle {
  int fast_least = 0, fast_most = -1, slow_least = 0, slow_most = -1;

  bool none() const { return fast_least > fast_most || slow_least > slow_most; }
};

/// A window of a flat panel, with its sub-pixels and layers.
struct PanelPlane {
  Vec3d normal;           ///< unit vector, pointing to where rays go
  Vec3d dual[2];          ///< f and g: 1 along their own axis of the panel, 0 along the other
  double depths[2];       ///< D of the first and the last layer, metres
  double start[2][2];     ///< [layer][axis]: place along an axis of where rays along `normal` meet the layer, metres
  double subpixel_m = 0;  ///< side of a sub-pixel
  int oversample = 1;
  int first[2] = {0, 0};  ///< numbers of the panel's first pixel
  PixelWindow window;
  double margin = 0.01;  ///< in sub-pixels
  bool usable = true;    ///< false: the sample is in the plane, so that nothing can be said
};

/// Returns the window of a panel as lists of spots see it.
template <class PrecisionT>
PanelPlane panel_plane(const Tables<PrecisionT>& tables, const PixelWindow& window) {
  const auto& panel = tables.panel;
  const auto in_double = [](const auto& v) { return vec3_cast<double>(v); };
  const Vec3d fast = in_double(panel.fast), slow = in_double(panel.slow);
  const Vec3d across = cross(fast, slow);
  PanelPlane plane;
  plane.normal = (1 / length(across)) * across;
  const double depth_m = static_cast<double>(tables.layers.step_m) * (tables.layers.count - 1);
  const Vec3d origin = in_double(panel.origin), back = origin + depth_m * in_double(panel.normal);
  if (dot(plane.normal, origin) < 0) plane.normal = -plane.normal;
  const Vec3d f = cross(slow, plane.normal), g = cross(fast, plane.normal);
  plane.dual[0] = (1 / dot(f, fast)) * f;
  plane.dual[1] = (1 / dot(g, slow)) * g;
  plane.subpixel_m = static_cast<double>(panel.subpixel_size);
  int layer = 0;
  for (const Vec3d& at : {origin, back}) {
    plane.depths[layer] = dot(plane.normal, at);
    plane.usable = plane.usable && plane.depths[layer] > 1e-3 * plane.subpixel_m;
    for (int axis = 0; axis < 2; ++axis) plane.start[layer][axis] = -dot(plane.dual[axis], at);
    ++layer;
  }
  plane.oversample = tables.oversample;
  plane.first[0] = tables.first_fast;
  plane.first[1] = tables.first_slow;
  plane.window = window;
  // Places are sums of some terms as long as the way to the origin and across the panel.
  using G = typename PrecisionT::Geometry;
  const double unit = std::ldexp(1.0, 1 - NumberTraits<G>::significand_bits);
  const double columns = std::abs(plane.first[0]) + window.fast_max + 1.0;
  const double rows = std::abs(plane.first[1]) + window.slow_max + 1.0;
  const double longest_m = length(origin) + (columns + rows) * plane.subpixel_m * plane.oversample;
  plane.margin = 0.01 + 8 * unit * longest_m / plane.subpixel_m;
  return plane;
}

namespace detail {

/// Ends of c along one axis of a panel; false where rays graze the plane.
struct TangentPlanes {
  double ff, fn, nn;

  bool add(double x, double z, double& least, double& most) const {
    const double den = z * z - nn;
    if (!(z > 0) || !(den > 0)) return false;
    const double b = x * z - fn;
    const double root = std::sqrt(std::max(0.0, b * b - den * (x * x - ff)));
    least = std::min(least, (b - root) / den);
    most = std::max(most, (b + root) / den);
    return true;
  }
};

}  // namespace detail

/// Returns the pixels whose sub-pixels can see the spot about q0 on spheres of the range.
inline PixelRectangle rectangle_of(const PanelPlane& plane, const SpotEllipsoid& spot, const Vec3d& q0,
                                   const Vec3d& incident, const InverseInterval& range) {
  const PixelWindow& w = plane.window;
  const PixelRectangle whole{w.fast_min, w.fast_max, w.slow_min, w.slow_max};
  if (!plane.usable) return whole;
  const Vec3d rays[2] = {q0 + range.least * incident, q0 + range.most * incident};
  const Vec3d across = spot.half_widths * plane.normal;
  const double nn = dot(across, across), half = std::sqrt(nn);
  const double z[2] = {dot(rays[0], plane.normal), dot(rays[1], plane.normal)};
  if (z[0] < -half && z[1] < -half) return {};
  int ends[2][2];
  for (int axis = 0; axis < 2; ++axis) {
    const Vec3d& dual = plane.dual[axis];
    const Vec3d along = spot.half_widths * dual;
    const detail::TangentPlanes planes{dot(along, along), dot(along, across), nn};
    double least = 1e300, most = -1e300;
    for (int end = 0; end < 2; ++end) {
      if (!planes.add(dot(rays[end], dual), z[end], least, most)) return whole;
    }
    double low = 1e300, high = -1e300;
    for (int layer = 0; layer < 2; ++layer) {
      const double depth = plane.depths[layer], start = plane.start[layer][axis];
      low = std::min(low, depth * least + start);
      high = std::max(high, depth * most + start);
    }
    const auto whole_number = [](double x) { return static_cast<int>(std::clamp(x, -1e9, 1e9)); };
    const int first = whole_number(std::ceil(low / plane.subpixel_m - 0.5 - plane.margin));
    const int last = whole_number(std::floor(high / plane.subpixel_m - 0.5 + plane.margin));
    if (first > last) return {};
    const auto pixel = [&](int subpixel) {
      const int n = plane.oversample;
      return (subpixel >= 0 ? subpixel / n : -((n - 1 - subpixel) / n)) - plane.first[axis];
    };
    ends[axis][0] = pixel(first);
    ends[axis][1] = pixel(last);
  }
  return {std::max(ends[0][0], w.fast_min), std::min(ends[0][1], w.fast_max), std::max(ends[1][0], w.slow_min),
          std::min(ends[1][1], w.slow_max)};
}

}  // namespace nbk::plan
