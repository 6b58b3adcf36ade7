// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concatenated.hpp"
#include "nbk/core/error.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/detector.hpp"
#include "nbk/scene/check.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

/// \file
/// Checks of a detector. Every function throws InvalidInput for the first value that is not allowed.

namespace nbk::scene {

inline void validate(const Sensor& sensor, const ParameterName& name) {
  check::not_negative(sensor.thickness_m, name + ".thickness_m");
  check::not_negative(sensor.attenuation_length_m, name + ".attenuation_length_m");
  check::count(sensor.layers, name + ".layers");
}

/// Checks the number of pixels, and that a mask has as many.
/// \param name  path of the panel in messages
inline void validate_mask(const std::vector<std::uint16_t>& mask, int pixels_fast, int pixels_slow,
                          const ParameterName& name) {
  const std::int64_t pixels = std::int64_t{pixels_fast} * pixels_slow;
  require(pixels <= std::numeric_limits<int>::max(), name + " pixels_fast * pixels_slow", pixels,
          "must be at most 2^31 - 1");
  if (!mask.empty() && std::int64_t(mask.size()) != pixels)
    reject(name + ".mask size", mask.size(),
           concatenated({"must be empty or have the panel's ", std::to_string(pixels), " pixels"}));
}

inline void validate(const TrustedRange& range, const ParameterName& name) {
  check::finite(range.least, name + ".least");
  check::finite(range.most, name + ".most");
  if (range.least && range.most)
    require(*range.least <= *range.most, name + ".most", *range.most, "must be at least that of .least");
}

inline void validate(const Readout& readout, const ParameterName& name) {
  check::positive(readout.gain, name + ".gain");
  check::finite(readout.pedestal, name + ".pedestal");
}

/// Checks a panel of a list.
inline void validate(const Panel& panel, const ParameterName& name) {
  check::finite(panel.origin_m, name + ".origin_m");
  check::direction(panel.fast, name + ".fast");
  check::direction(panel.slow, name + ".slow");
  const double cosine = strict::dot(strict::unit(panel.fast), strict::unit(panel.slow));
  require(std::fabs(cosine) <= 1e-3, name + ".slow, cosine to fast", cosine,
          "must be at most 1e-3: the axes must be at right angles");
  check::length(panel.pixel_size_m, name + ".pixel_size_m");
  require(panel.pixels_fast >= 1, name + ".pixels_fast", panel.pixels_fast, "must be >= 1");
  require(panel.pixels_slow >= 1, name + ".pixels_slow", panel.pixels_slow, "must be >= 1");
  constexpr int most = 1'000'000'000;
  require(panel.first_fast >= 0 && panel.first_fast <= most, name + ".first_fast", panel.first_fast,
          "must be 0 to 1e9");
  require(panel.first_slow >= 0 && panel.first_slow <= most, name + ".first_slow", panel.first_slow,
          "must be 0 to 1e9");
  if (panel.sensor) validate(*panel.sensor, name + ".sensor");
  validate(panel.trusted, name + ".trusted");
  validate(panel.readout, name + ".readout");
  validate_mask(panel.mask, panel.pixels_fast, panel.pixels_slow, name);
}

inline void validate(const Detector& detector) {
  check::length(detector.pixel_size_m, "detector.pixel_size_m");
  for (const auto& pixels : {detector.pixels_fast, detector.pixels_slow})
    if (pixels) require(*pixels >= 1, "detector.pixels_fast or pixels_slow", *pixels, "must be >= 1");
  check::positive(detector.size_fast_m, "detector.size_fast_m");
  check::positive(detector.size_slow_m, "detector.size_slow_m");
  check::length(detector.distance_m, "detector.distance_m");
  if (detector.close_distance_m) check::length(*detector.close_distance_m, "detector.close_distance_m");
  check::finite(detector.beam_x_m, "detector.beam_x_m");
  check::finite(detector.beam_y_m, "detector.beam_y_m");
  check::finite(detector.close_x_m, "detector.close_x_m");
  check::finite(detector.close_y_m, "detector.close_y_m");
  check::finite(detector.org_x_px, "detector.org_x_px");
  check::finite(detector.org_y_px, "detector.org_y_px");
  if (detector.origin_m) check::finite(*detector.origin_m, "detector.origin_m");
  check::finite(detector.rotation_rad, "detector.rotation_rad");
  check::finite(detector.two_theta_rad, "detector.two_theta_rad");
  validate(detector.sensor, "detector.sensor");
  const ParameterName panels = "detector.panels";
  for (std::size_t i = 0; i < detector.panels.size(); ++i) validate(detector.panels[i], panels[i]);
  require(detector.panels.empty() || !detector.curved, "detector.curved", true, "must be false for a list of panels");
}

}  // namespace nbk::scene
