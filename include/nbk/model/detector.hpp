// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/vec3.hpp"

#include <cstdint>
#include <optional>
#include <string>
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
  std::string material{};                      ///< for files, "Si" for example; no effect on the image
};

/// Counts of a file from photons: photons * gain + pedestal. For files; no effect on the image.
struct Readout {
  double gain = 1;      ///< counts per photon, > 0
  double pedestal = 0;  ///< counts of a pixel without photons

  /// True where all members are the same.
  friend bool operator==(const Readout&, const Readout&) = default;
};

/// Photons that a panel can tell, bounds included. Outside of them a pixel is not to be trusted.
struct TrustedRange {
  std::optional<double> least{};  ///< not given: none
  std::optional<double> most{};   ///< not given: none
};

/// One flat panel, where it is in the laboratory. The sensor lies on the side of the panel that is away from the
/// sample.
struct Panel {
  std::string name{};                 ///< for messages and files; may be empty
  Vec3d origin_m{};                   ///< outer corner of pixel (0, 0)
  Vec3d fast{1, 0, 0};                ///< direction of a row; need not be a unit vector
  Vec3d slow{0, 1, 0};                ///< direction from row to row, at a right angle to `fast`
  double pixel_size_m = 1e-4;         ///< side of the square pixels, 1e-9 to 1e9
  int pixels_fast = 0;                ///< pixels of a row, >= 1
  int pixels_slow = 0;                ///< rows, >= 1
  int first_fast = 0;                 ///< column of the first pixel, counted from `origin_m`: > 0 for a tile of a panel
  int first_slow = 0;                 ///< row of the first pixel, likewise
  std::optional<Sensor> sensor{};     ///< not given: Detector::sensor
  std::optional<int> oversample{};    ///< sub-pixels per axis; not given or <= 0: Detector::oversample
  std::vector<std::uint16_t> mask{};  ///< [slow][fast], 0: not computed; empty: all computed
  RegionOfInterest roi{};             ///< pixels outside are 0
  TrustedRange trusted{};             ///< no effect on the image; for files and for fits
  Readout readout{};                  ///< no effect on the image of photons; for files of counts
};

/// The detector: a list of panels, or one panel as the conventions of crystallographers describe it. With `panels`, all
/// members of that description are ignored: those before `point_pixel`, `curved`, `roi` and `mask`. Missing members are
/// derived by scene/place_panel.hpp.
struct Detector {
  std::vector<Panel> panels;  ///< if any, they replace the one panel that is described below

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
