// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/response/response.hpp"

#include <cmath>
#include <cstddef>
#include <string>
#include <string_view>

namespace nbk {

namespace detail {

/// Throws InvalidInput unless a deviation is a number that a deviate can be multiplied with.
inline void check_deviation(double value, std::string_view name) {
  require(std::isfinite(value) && value >= 0, name, value, "must be >= 0");
}

inline void check_point_spread(const PointSpread& spread) {
  using Kind = PointSpread::Kind;
  constexpr int most_px = 1 << 15;
  if (spread.kind == Kind::none) return;
  require(spread.radius_px >= 0 && spread.radius_px <= most_px, "point_spread.radius_px", spread.radius_px,
          "must be from 0 (automatic) to 32768");
  if (spread.kind != Kind::kernel) {
    require(std::isfinite(spread.fwhm_px) && spread.fwhm_px > 0 && spread.fwhm_px <= most_px, "point_spread.fwhm_px",
            spread.fwhm_px, "must be > 0 and at most 32768");
    return;
  }
  const auto side = static_cast<std::size_t>(std::lround(std::sqrt(static_cast<double>(spread.kernel.size()))));
  require(side * side == spread.kernel.size() && side % 2 == 1, "point_spread.kernel", spread.kernel.size(),
          "must have as many numbers as a square with an odd side");
  double sum = 0;
  for (const double weight : spread.kernel) {
    require(std::isfinite(weight) && weight >= 0, "point_spread.kernel", weight, "must have numbers >= 0 only");
    sum += weight;
  }
  require(std::isfinite(sum) && sum > 0, "point_spread.kernel", sum, "must have a sum > 0");
}

}  // namespace detail

/// Throws InvalidInput, with the name of the member, unless a response can be computed.
inline void check_response(const Response& response) {
  const auto positive = [](double value, std::string_view name) {
    require(std::isfinite(value) && value > 0, name, value, "must be > 0");
  };
  positive(response.photons_per_unit, "photons_per_unit");
  positive(response.gain_adu_per_photon, "gain_adu_per_photon");
  detail::check_deviation(response.image_flicker, "image_flicker");
  detail::check_deviation(response.pixel_flicker, "pixel_flicker");
  detail::check_deviation(response.calibration, "calibration");
  detail::check_deviation(response.gain_spread, "gain_spread");
  detail::check_deviation(response.readout_noise_adu, "readout_noise_adu");
  require(std::isfinite(response.offset_adu), "offset_adu", response.offset_adu, "must be finite");
  const double floor_adu = response.floor_adu.value_or(0), saturation_adu = response.saturation_adu.value_or(0);
  require(std::isfinite(floor_adu), "floor_adu", floor_adu, "must be finite");
  require(std::isfinite(saturation_adu), "saturation_adu", saturation_adu, "must be finite");
  if (response.floor_adu && response.saturation_adu) {
    require(floor_adu < saturation_adu, "floor_adu", floor_adu, "must be below saturation_adu");
  }
  require(!response.saturation_adu || saturation_adu > response.offset_adu, "saturation_adu", saturation_adu,
          "must be above offset_adu: every pixel would be saturated");
  require(!response.overload_adu || response.saturation_adu, "overload_adu", response.overload_adu.value_or(0),
          "needs a saturation_adu");
  require(response.calibration == 0 || response.calibration_seed != response.seed, "calibration_seed",
          response.calibration_seed, "must differ from seed");
  detail::check_point_spread(response.point_spread);
}

}  // namespace nbk
