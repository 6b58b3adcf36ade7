// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/format_number.hpp"
#include "nbk/io/smv_header.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/sampling.hpp"
#include "nbk/scene/scene.hpp"

#include <bit>
#include <cstddef>
#include <numbers>
#include <optional>
#include <string>
#include <string_view>

namespace nbk::io {

namespace detail {

/// Adds the beam centre in the conventions of several programs, mm and pixels.
inline void add_centres(SmvHeader& header, const ScenePanel& panel, double size_slow_m) {
  const BeamCentre& centre = panel.centre;
  const double half_pixel_m = 0.5 * panel.geometry.pixel_size_m;
  header.add("BEAM_CENTER_X", centre.beam_x_m * 1000.0);
  header.add("BEAM_CENTER_Y", centre.beam_y_m * 1000.0);
  header.add("ADXV_CENTER_X", centre.fast_m * 1000.0);
  header.add("ADXV_CENTER_Y", (size_slow_m - centre.slow_m) * 1000.0);
  header.add("MOSFLM_CENTER_X", (centre.slow_m - half_pixel_m) * 1000.0);
  header.add("MOSFLM_CENTER_Y", (centre.fast_m - half_pixel_m) * 1000.0);
  header.add("DENZO_X_BEAM", centre.slow_m * 1000.0);
  header.add("DENZO_Y_BEAM", centre.fast_m * 1000.0);
  const Vec3d& origin = panel.geometry.origin_m;
  // The DIALS frame has its axes along z, y and -x of the MOSFLM frame. This line has no semicolon.
  const auto mm = [&origin](const Vec3d& axis) { return format_g(1000.0 * dot(origin, axis)); };
  header.add_raw("DIALS_ORIGIN=" + mm({0, 0, 1}) + "," + mm({0, 1, 0}) + "," + mm({-1, 0, 0}) + "\n");
  header.add("XDS_ORGX", centre.org_x_px);
  header.add("XDS_ORGY", centre.org_y_px);
  header.add("CLOSE_DISTANCE", panel.geometry.close_distance_m * 1000.0);
}

/// Returns a panel with its centres and its origin counted from its own first pixel.
inline ScenePanel from_first_pixel(ScenePanel panel) {
  PanelGeometry& geometry = panel.geometry;
  if (geometry.first_fast == 0 && geometry.first_slow == 0) return panel;
  const double fast_m = geometry.pixel_size_m * geometry.first_fast;
  const double slow_m = geometry.pixel_size_m * geometry.first_slow;
  BeamCentre& centre = panel.centre;
  for (double* place : {&centre.beam_x_m, &centre.fast_m, &centre.close_fast_m}) *place -= fast_m;
  for (double* place : {&centre.beam_y_m, &centre.slow_m, &centre.close_slow_m}) *place -= slow_m;
  centre.org_x_px -= geometry.first_fast;
  centre.org_y_px -= geometry.first_slow;
  geometry.origin_m = geometry.point_of_pixel_m(0, 0);
  geometry.first_fast = geometry.first_slow = 0;
  return panel;
}

}  // namespace detail

/// Choices of an SMV header.
struct SmvKeys {
  std::optional<double> adc_offset{};        ///< counts added to every pixel, as ADC_OFFSET, which nanoBragg does not
                                             ///< write; not given: no such key, and DIALS takes the counts for 1
  std::optional<double> gain{};              ///< counts per photon, as GAIN; not given: no such key
  std::size_t panel = 0;                     ///< number of the panel
  std::string_view type = "unsigned_short";  ///< TYPE; "long_integer" for 32 bits with a sign
};

/// Returns the header of an SMV image of one panel in nanoBragg's keys and their order.
inline std::string smv_header(const Scene& scene, const Experiment& experiment, const SmvKeys& keys = {}) {
  constexpr double degrees = 180.0 * std::numbers::inv_pi;  // in a radian
  const Detector& detector = experiment.detector;
  const bool described = detector.panels.empty();
  const ScenePanel panel = detail::from_first_pixel(scene.panels[keys.panel]);
  const double pixel_m = panel.geometry.pixel_size_m;
  const double size_slow_m =
      described && !detector.pixels_slow ? detector.size_slow_m : pixel_m * panel.geometry.pixels_slow;
  const scene::PhiSteps phi = scene::resolve_phi(experiment.crystal.phi);

  SmvHeader header;
  header.add("DIM", "2");
  header.add("BYTE_ORDER", std::endian::native == std::endian::little ? "little_endian" : "big_endian");
  header.add("TYPE", keys.type);
  header.add("SIZE1", std::to_string(panel.geometry.pixels_fast));
  header.add("SIZE2", std::to_string(panel.geometry.pixels_slow));
  header.add("PIXEL_SIZE", pixel_m * 1000.0);
  header.add("DISTANCE", panel.geometry.distance_m * 1000.0);
  header.add("WAVELENGTH", scene.wavelength_m * 1e10);
  detail::add_centres(header, panel, size_slow_m);
  header.add("PHI", phi.start_rad * degrees);
  header.add("OSC_START", phi.start_rad * degrees);
  header.add("OSC_RANGE", phi.range_rad * degrees);
  header.add("TWOTHETA", (described ? detector.two_theta_rad : 0.0) * degrees);
  header.add("DETECTOR_SN", "000");
  header.add("BEAMLINE", "fake");
  if (keys.adc_offset) header.add("ADC_OFFSET", *keys.adc_offset);
  if (keys.gain) header.add("GAIN", *keys.gain);
  return header.finish();
}

}  // namespace nbk::io
