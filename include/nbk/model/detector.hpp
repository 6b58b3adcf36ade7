// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/vec3.hpp"

#include <cstdint>
#include <optional>
#include <vector>

namespace nbk {

/// Which point stays fixed when a custom-convention detector is rotated.
enum class Pivot { beam, sample };

/// Pixels to compute, inclusive on all sides; a bound that is not given or negative is the detector's own.
struct RegionOfInterest {
  std::optional<int> fast_min, fast_max, slow_min, slow_max;
};

/// The sensor's thickness; layers as in setup/sampling.hpp.
struct Sensor {
  double thickness_m = 0;
  std::optional<double> attenuation_length_m;   ///< not given: the thickness; 0: no absorption
  std::optional<int> layers;
};

/// One flat (or curved) detector panel, as a user describes it. What is not given is derived by setup/panel.hpp.
struct Detector {
  double pixel_size_m = 1e-4;
  std::optional<int> pixels_fast, pixels_slow;
  double size_fast_m = 0.1024, size_slow_m = 0.1024;  ///< used where the number of pixels is not given

  double distance_m = 0.1;
  std::optional<double> close_distance_m;             ///< to the nearest point of the plane; replaces distance_m
  std::optional<double> beam_x_m, beam_y_m;           ///< beam centre in the convention's own axes
  std::optional<double> close_x_m, close_y_m;         ///< point nearest to the sample
  std::optional<double> org_x_px, org_y_px;           ///< XDS origin, pixels
  Pivot pivot = Pivot::beam;                          ///< named conventions set their own
  std::optional<Vec3d> origin_m;                      ///< outer corner of pixel (0,0); honoured by `corrected` only
  Vec3d rotation_rad{0, 0, 0};                        ///< about lab x, then y, then z
  double two_theta_rad = 0;

  bool curved = false;                                ///< every pixel at the same distance
  bool point_pixel = false;                           ///< solid angle 1/R^2, no obliquity, no pixel area
  Sensor sensor;
  int oversample = 0;                                 ///< sub-pixels per axis; <= 0: chosen automatically
  bool oversample_thickness = false, oversample_polarization = false, oversample_solid_angle = false;

  RegionOfInterest roi;
  std::vector<std::uint16_t> mask;                    ///< [slow][fast], 0: not computed; empty: all computed
};

}  // namespace nbk
