// SPDX-License-Identifier: MIT
#pragma once

#include "bench/reference/vec.hpp"
#include "nbk/model/experiment.hpp"

namespace nbk::reference {

/// The beam's directions as unit vectors.
struct Axes {
  Vec beam, polarization, vertical, spindle;
};
Axes normalize_axes(const Frame& frame);

/// Where every pixel is, in the laboratory frame. Metres.
struct Plane {
  int pixels_fast = 0, pixels_slow = 0;
  double pixel_m = 0;
  Vec fast, slow, normal;  ///< unit vectors, after all rotations
  Vec origin_m;            ///< outer corner of pixel (0, 0)
  Vec beam;
  double close_distance_m = 0;  ///< along the normal
  double distance_m = 0;        ///< along the beam
  bool curved = false, point_pixel = false;
  bool globe = false;  ///< curved as `corrected` has it, else as the C program does
};
Plane build_plane(const Detector& detector, const Frame& frame, Policy policy);

/// Position of a point that is (fast_m, slow_m) from the panel's corner and depth_m behind its front.
Vec position(const Plane& plane, double fast_m, double slow_m, double depth_m);

/// Solid angle of a whole pixel of which a point is at `position_m`, steradian; 1 / R^2 for point pixels.
double solid_angle(const Plane& plane, const Vec& position_m);

/// Cosine between a ray and the sensor's depth.
double obliquity(const Plane& plane, const Vec& diffracted);

/// Inclusive bounds inside the panel.
struct Window {
  int fast_min = 0, fast_max = -1, slow_min = 0, slow_max = -1;
};
Window resolve_window(const RegionOfInterest& roi, const Plane& plane);

}  // namespace nbk::reference
