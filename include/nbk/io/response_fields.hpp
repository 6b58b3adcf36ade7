// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/experiment_fields.hpp"
#include "nbk/io/field_names.hpp"
#include "nbk/response/response.hpp"

#include <array>

/// \file
/// The fields of a Response by name, as experiment_fields.hpp lists those of an Experiment.

namespace nbk {

// Here and not in io, so that templates that were declared before find them by their arguments.
/// Names of the kinds of point spread.
inline constexpr std::array<io::Name<PointSpread::Kind>, 4> names_of(PointSpread::Kind) {
  using Kind = PointSpread::Kind;
  return {{{"none", Kind::none}, {"gauss", Kind::gauss}, {"fibre", Kind::fibre}, {"kernel", Kind::kernel}}};
}
/// Names of the places of the calibration map.
inline constexpr std::array<io::Name<CalibrationPlace>, 2> names_of(CalibrationPlace) {
  return {
      {{"before_counting", CalibrationPlace::before_counting}, {"after_counting", CalibrationPlace::after_counting}}};
}
/// Names of the ways of counting.
inline constexpr std::array<io::Name<Counting>, 2> names_of(Counting) {
  return {{{"poisson", Counting::poisson}, {"none", Counting::none}}};
}

namespace io {

template <Is<PointSpread> Self>
void visit_fields(auto& visit, Self& spread) {
  visit("kind", spread.kind);
  visit("fwhm_px", spread.fwhm_px);
  visit("radius_px", spread.radius_px);
  visit("kernel", spread.kernel);
}

template <Is<Response> Self>
void visit_fields(auto& visit, Self& response) {
  visit("photons_per_unit", response.photons_per_unit);
  visit("image_flicker", response.image_flicker);
  visit("pixel_flicker", response.pixel_flicker);
  visit("calibration", response.calibration);
  visit("calibrated", response.calibrated);
  visit("calibration_seed", response.calibration_seed);
  visit("counting", response.counting);
  visit("gain_spread", response.gain_spread);
  visit("point_spread", response.point_spread);
  visit("gain_adu_per_photon", response.gain_adu_per_photon);
  visit("readout_noise_adu", response.readout_noise_adu);
  visit("offset_adu", response.offset_adu);
  visit("saturation_adu", response.saturation_adu);
  visit("overload_adu", response.overload_adu);
  visit("floor_adu", response.floor_adu);
  visit("gap_mark_adu", response.gap_mark_adu);
  visit("bad_mark_adu", response.bad_mark_adu);
  visit("seed", response.seed);
  visit("image_number", response.image_number);
}

}  // namespace io
}  // namespace nbk
