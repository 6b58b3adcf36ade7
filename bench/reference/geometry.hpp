// SPDX-License-Identifier: MIT
#pragma once

#include "bench/reference/vec.hpp"
#include "nbk/model/experiment.hpp"

namespace nbk::reference {

/// Directions of the beam and the spindle as unit vectors.
struct Axes {
  Vec beam, polarization, vertical, spindle;
};
/// Returns the unit vectors of a frame.
Axes normalize_axes(const Frame& frame);

/// PanelGeometry in the laboratory frame, metres.
struct Plane {
  int pixels_fast = 0, pixels_slow = 0;
  int first_fast = 0, first_slow = 0;  ///< pixels between the corner that `origin_m` is and the first pixel
  double pixel_m = 0;
  Vec fast, slow, normal;  ///< unit vectors, after all rotations
  Vec origin_m;            ///< outer corner of pixel (0, 0), if there is one
  Vec beam;
  double close_distance_m = 0;  ///< along the normal
  double distance_m = 0;        ///< along the beam
  bool curved = false, point_pixel = false;
  bool globe = false;  ///< curved to a sphere (`corrected`), else like that of the C program
};
/// Places the panel that a detector describes.
Plane build_plane(const Detector& detector, const Frame& frame, Policy policy);
/// Places a panel of a list. Its normal points away from the sample.
Plane build_plane(const Panel& panel, const Frame& frame, bool point_pixel);

/// Returns the position of a point that is (fast_m, slow_m) from the panel's corner and depth_m behind its front.
Vec position(const Plane& plane, double fast_m, double slow_m, double depth_m);

/// Returns the solid angle of the pixel around `position_m`, steradian; 1 / R^2 for point pixels.
double solid_angle(const Plane& plane, const Vec& position_m);

/// Returns the cosine between a ray and the depth of the sensor.
double obliquity(const Plane& plane, const Vec& diffracted);

/// Bounds of the computed pixels inside the panel, both included.
struct Window {
  int fast_min = 0, fast_max = -1, slow_min = 0, slow_max = -1;
};
/// Returns the region of interest, cut to the panel.
Window resolve_window(const RegionOfInterest& roi, const Plane& plane);

}  // namespace nbk::reference
