// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/vec3.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace nbk {

/// Point that stays fixed if a detector of Convention::custom is rotated.
enum class Pivot {
  beam,    ///< point of the panel that the beam meets
  sample,  ///< the sample: the panel swings around it
};

/// Pixels to compute, bounds included. A bound that is not given, or negative, is that of the detector.
struct RegionOfInterest {
  std::optional<int> fast_min;  ///< first column
  std::optional<int> fast_max;  ///< last column
  std::optional<int> slow_min;  ///< first row
  std::optional<int> slow_max;  ///< last row
};

/// The sensor's thickness; layers as in scene/resolve_layers.hpp.
struct Sensor {
  double thickness_m = 0;                      ///< 0: all photons are captured
  std::optional<double> attenuation_length_m;  ///< not given: the thickness; 0: no absorption
  std::optional<int> layers;                   ///< slices in which absorption is counted
};

/// One flat or curved detector panel. Missing members are derived by scene/place_panel.hpp.
struct Detector {
  double pixel_size_m = 1e-4;      ///< side of the square pixels, 1e-9 to 1e9
  std::optional<int> pixels_fast;  ///< pixels of a row, >= 1
  std::optional<int> pixels_slow;  ///< rows, >= 1
  double size_fast_m = 0.1024;     ///< width, if pixels_fast is not given
  double size_slow_m = 0.1024;     ///< height, if pixels_slow is not given

  double distance_m = 0.1;                 ///< sample to panel along the beam, 1e-9 to 1e9
  std::optional<double> close_distance_m;  ///< to the nearest point of the plane; replaces distance_m
  std::optional<double> beam_x_m;          ///< beam centre, first of the convention's own axes
  std::optional<double> beam_y_m;          ///< beam centre, second axis
  std::optional<double> close_x_m;         ///< point nearest to the sample, first axis
  std::optional<double> close_y_m;         ///< point nearest to the sample, second axis
  std::optional<double> org_x_px;          ///< XDS origin along fast, pixels
  std::optional<double> org_y_px;          ///< XDS origin along slow, pixels
  Pivot pivot = Pivot::beam;               ///< named conventions set their own
  std::optional<Vec3d> origin_m;           ///< outer corner of pixel (0,0); honoured by `corrected` only
  Vec3d rotation_rad{0, 0, 0};             ///< about lab x, then y, then z
  double two_theta_rad = 0;                ///< swing about Frame::two_theta_axis

  bool curved = false;                   ///< every pixel at the same distance
  bool point_pixel = false;              ///< solid angle 1/R^2, no obliquity, no pixel area
  Sensor sensor;                         ///< absorption
  int oversample = 0;                    ///< sub-pixels per axis; <= 0: chosen automatically
  bool oversample_thickness = false;     ///< `compat`: absorption multiplies the running sum
  bool oversample_polarization = false;  ///< `compat`: polarisation does so
  bool oversample_solid_angle = false;   ///< `compat`: the solid angle does so

  RegionOfInterest roi;             ///< pixels outside are 0
  std::vector<std::uint16_t> mask;  ///< [slow][fast], 0: not computed; empty: all computed
};

}  // namespace nbk
