// SPDX-License-Identifier: MIT
#include "bench/reference/geometry.hpp"

#include "nbk/core/error.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace nbk::reference {

namespace {

/// Point of the panel by its distances from the corner, along the fast and the slow axis. Metres.
struct Spot {
  double fast_m, slow_m;
};

struct Size {
  int fast, slow;
  double fast_m, slow_m;
};

int nearest_count(double size_m, double pixel_m) {
  const double count = std::ceil(size_m / pixel_m - 0.5);
  require(count >= 1 && count < 2147483647.0, "detector size / pixel_size_m", count, "must be 1 to 2^31 - 1 pixels");
  return static_cast<int>(count);
}

Size resolve_size(const Detector& d) {
  require(d.pixel_size_m > 0, "detector.pixel_size_m", d.pixel_size_m, "must be > 0");
  Size size{};
  size.fast_m = d.pixels_fast.value_or(0) != 0 ? d.pixel_size_m * *d.pixels_fast : d.size_fast_m;
  size.slow_m = d.pixels_slow.value_or(0) != 0 ? d.pixel_size_m * *d.pixels_slow : d.size_slow_m;
  size.fast = nearest_count(size.fast_m, d.pixel_size_m);
  size.slow = nearest_count(size.slow_m, d.pixel_size_m);
  return size;
}

/// Returns the near point, for a detector that pivots about the sample.
Spot near_point(const Detector& d, const Size& size) {
  return {d.org_x_px ? (*d.org_x_px - 0.5) * d.pixel_size_m : size.fast_m / 2,
          d.org_y_px ? (*d.org_y_px - 0.5) * d.pixel_size_m : size.slow_m / 2};
}

/// Returns the spot of the direct beam, for a detector that pivots about it. Each convention reads its own two numbers.
Spot beam_spot(const Detector& d, const Size& size, const Spot& near, Convention convention) {
  const double p = d.pixel_size_m;
  switch (convention) {
    case Convention::adxv:
      return {d.beam_x_m.value_or((size.fast_m + p) / 2), size.slow_m - d.beam_y_m.value_or((size.slow_m - p) / 2)};
    case Convention::mosflm:
      return {d.beam_y_m.value_or((size.fast_m + p) / 2) + 0.5 * p,
              d.beam_x_m.value_or((size.slow_m + p) / 2) + 0.5 * p};
    case Convention::denzo:
      return {d.beam_y_m.value_or((size.fast_m + p) / 2), d.beam_x_m.value_or((size.slow_m + p) / 2)};
    case Convention::xds:
    case Convention::dials:
    case Convention::custom: break;
  }
  return {d.beam_x_m.value_or(d.close_x_m.value_or(near.fast_m)),
          d.beam_y_m.value_or(d.close_y_m.value_or(near.slow_m))};
}

/// Directions of growing longitude and latitude at the point where the sphere touches the panel.
struct Compass {
  Vec east, north;
};

Compass compass(const Plane& plane) {
  const Vec& up = plane.normal;
  const Vec east = unit(plane.fast - dot(plane.fast, up) * up);
  const Vec north = cross(up, east);
  return {east, dot(north, plane.slow) < 0 ? -north : north};
}

Pivot resolve_pivot(Convention convention, Pivot given) {
  if (convention == Convention::custom) return given;
  return convention == Convention::xds || convention == Convention::dials ? Pivot::sample : Pivot::beam;
}

}  // namespace

Axes normalize_axes(const Frame& frame) {
  Axes axes{unit(Vec(frame.beam)), unit(Vec(frame.polarization)), {}, unit(Vec(frame.spindle))};
  axes.vertical = unit(cross(axes.beam, axes.polarization));
  return axes;
}

Plane build_plane(const Detector& d, const Frame& frame, Policy policy) {
  const Size size = resolve_size(d);
  Plane plane;
  plane.pixels_fast = size.fast;
  plane.pixels_slow = size.slow;
  plane.pixel_m = d.pixel_size_m;
  plane.curved = d.curved;
  plane.point_pixel = d.point_pixel;
  plane.beam = unit(Vec(frame.beam));

  const Vec fast = unit(Vec(frame.fast)), slow = unit(Vec(frame.slow));
  // A normal that is not a unit vector counts as not given.
  const Vec normal = length(Vec(frame.normal)) == 1 ? Vec(frame.normal) : unit(cross(fast, slow));

  const bool corrected = policy == Policy::corrected;
  const Vec angles(d.rotation_rad);
  const Vec two_theta_axis = corrected ? unit(Vec(frame.two_theta_axis)) : Vec(frame.two_theta_axis);
  const auto swing = [&](const Vec& v) { return rotate_about(two_theta_axis, d.two_theta_rad, rotate_lab(v, angles)); };

  // Distance along the normal by distance along the beam, before the swing.
  const auto slant = [&](const Vec& n) {
    const double cosine = dot(plane.beam, n);
    return cosine == 0 ? std::numeric_limits<double>::min() : cosine;
  };
  const double ratio = slant(rotate_lab(normal, angles));
  const double close_m = d.close_distance_m.value_or(std::fabs(ratio * d.distance_m));
  const double distance_m = close_m / ratio;

  Spot near = near_point(d, size);
  const Spot spot = beam_spot(d, size, near, frame.convention);
  if (frame.convention == Convention::custom) near = spot;

  plane.fast = swing(fast);
  plane.slow = swing(slow);
  plane.normal = swing(normal);
  if (resolve_pivot(frame.convention, d.pivot) == Pivot::sample)
    plane.origin_m = swing(-near.fast_m * fast - near.slow_m * slow + close_m * normal);
  else
    plane.origin_m = -spot.fast_m * plane.fast - spot.slow_m * plane.slow + distance_m * plane.beam;
  if (corrected && d.origin_m) plane.origin_m = Vec(*d.origin_m);

  plane.close_distance_m = dot(plane.origin_m, plane.normal);
  // The C program forgets the swing here.
  plane.distance_m = plane.close_distance_m / (corrected ? slant(plane.normal) : ratio);
  plane.globe = plane.curved && corrected;
  return plane;
}

Plane build_plane(const Panel& panel, const Frame& frame, bool point_pixel) {
  require(panel.pixels_fast > 0 && panel.pixels_slow > 0, "pixels of a panel", panel.pixels_fast, "must be > 0");
  Plane plane;
  plane.pixels_fast = panel.pixels_fast;
  plane.pixels_slow = panel.pixels_slow;
  plane.first_fast = panel.first_fast;
  plane.first_slow = panel.first_slow;
  plane.pixel_m = panel.pixel_size_m;
  plane.point_pixel = point_pixel;
  plane.beam = unit(Vec(frame.beam));
  plane.origin_m = Vec(panel.origin_m);
  plane.fast = unit(Vec(panel.fast));
  plane.slow = unit(Vec(panel.slow));
  plane.normal = unit(cross(plane.fast, plane.slow));
  if (dot(plane.origin_m, plane.normal) < 0) plane.normal = -plane.normal;
  plane.close_distance_m = dot(plane.origin_m, plane.normal);
  plane.distance_m = plane.close_distance_m / dot(plane.beam, plane.normal);
  return plane;
}

Vec position(const Plane& plane, double fast_m, double slow_m, double depth_m) {
  const Vec flat = fast_m * plane.fast + slow_m * plane.slow + depth_m * plane.normal + plane.origin_m;
  if (!plane.curved) return flat;
  if (plane.globe) {
    const auto [east, north] = compass(plane);
    const double radius = plane.close_distance_m;
    const double longitude = dot(flat, east) / radius, latitude = dot(flat, north) / radius;
    const Vec on_equator = std::cos(longitude) * plane.normal + std::sin(longitude) * east;
    return radius * (std::cos(latitude) * on_equator + std::sin(latitude) * north);
  }
  // The beam's end swung to either side by lab y / distance and lab z / distance: meant for MOSFLM's frame only.
  const Vec swung = rotate_about(plane.slow, flat.y / plane.distance_m, plane.distance_m * plane.beam);
  return rotate_about(plane.fast, flat.z / plane.distance_m, swung);
}

/// On the sphere meridians run together towards the poles, and pixels get narrower with them.
double solid_angle(const Plane& plane, const Vec& p) {
  const double r = length(p);
  if (plane.point_pixel) return 1.0 / r / r;
  const double area = plane.pixel_m * plane.pixel_m;
  if (plane.globe) return area / r / r * length(cross(p, compass(plane).north)) / r;
  return area / r / r * plane.close_distance_m / r;
}

double obliquity(const Plane& plane, const Vec& diffracted) { return plane.globe ? 1 : dot(diffracted, plane.normal); }

Window resolve_window(const RegionOfInterest& roi, const Plane& plane) {
  const auto bound = [](const std::optional<int>& given, int otherwise) {
    return given.value_or(-1) < 0 ? otherwise : *given;
  };
  const int last_fast = plane.pixels_fast - 1, last_slow = plane.pixels_slow - 1;
  return {bound(roi.fast_min, 0), std::min(bound(roi.fast_max, last_fast), last_fast), bound(roi.slow_min, 0),
          std::min(bound(roi.slow_max, last_slow), last_slow)};
}

}  // namespace nbk::reference
