// SPDX-License-Identifier: MIT
#include "nbk/response/apply_response.hpp"

#include "support/response_images.hpp"

#include <doctest/doctest.h>

#include <functional>
#include <limits>
#include <string>

namespace {

using namespace nbk::testing;
using nbk::CalibrationPlace;
using nbk::Counting;
using nbk::PixelState;
using nbk::Response;
using Kind = nbk::PointSpread::Kind;

/// The error that a changed response gives; empty: none.
std::string error_of(const std::function<void(Response&)>& change) {
  Response response = busy();
  change(response);
  try {
    recorded(response, filled_image(1, 4, 4, 1.0));
  } catch (const nbk::InvalidInput& error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("response: each impossible number is one error that names it") {
  const std::pair<std::string, std::function<void(Response&)>> wrong[] = {
      {"photons_per_unit", [](Response& r) { r.photons_per_unit = 0; }},
      {"gain_adu_per_photon", [](Response& r) { r.gain_adu_per_photon = -1; }},
      {"gain_adu_per_photon", [](Response& r) { r.gain_adu_per_photon = std::nan(""); }},
      {"image_flicker", [](Response& r) { r.image_flicker = -0.1; }},
      {"pixel_flicker", [](Response& r) { r.pixel_flicker = std::numeric_limits<double>::infinity(); }},
      {"calibration", [](Response& r) { r.calibration = -1; }},
      {"gain_spread", [](Response& r) { r.gain_spread = -1; }},
      {"readout_noise_adu", [](Response& r) { r.readout_noise_adu = -3; }},
      {"offset_adu", [](Response& r) { r.offset_adu = std::nan(""); }},
      {"calibration_seed", [](Response& r) { r.calibration_seed = r.seed; }},
      {"overload_adu", [](Response& r) { r.overload_adu = 5; }},
      {"floor_adu",
       [](Response& r) {
         r.floor_adu = 5;
         r.saturation_adu = 5;
       }},
      {"saturation_adu",
       [](Response& r) {
         r.offset_adu = 40;
         r.saturation_adu = 40;
       }},
      {"point_spread.fwhm_px", [](Response& r) { r.point_spread.kind = Kind::gauss; }},
      {"point_spread.radius_px",
       [](Response& r) {
         r.point_spread = {Kind::fibre, 1, -1, {}};
       }},
      {"point_spread.kernel",
       [](Response& r) {
         r.point_spread = {Kind::kernel, 0, 0, {1, 2, 3, 4}};
       }},
      {"point_spread.kernel",
       [](Response& r) {
         r.point_spread = {Kind::kernel, 0, 0, {-1}};
       }},
      {"point_spread.kernel",
       [](Response& r) {
         r.point_spread = {Kind::kernel, 0, 0, {0}};
       }},
      {"point_spread.kernel",
       [](Response& r) {
         r.point_spread = {Kind::kernel, 0, 0, {}};
       }},
  };
  for (const auto& member : wrong) {
    const std::string& name = member.first;
    CAPTURE(name);
    CHECK(error_of(member.second).starts_with(name + " = "));
  }
  CHECK(error_of([](Response&) {}).empty());
}

TEST_CASE("response: pixels that are no photons are one error") {
  for (const double pixel : {-1.0, std::nan(""), std::numeric_limits<double>::infinity()}) {
    const auto photons = filled_image(1, 4, 5, 1.0);
    photons(0, 2, 3) = pixel;
    CHECK_THROWS_WITH_AS(recorded(busy(), photons), "photons: pixels that are negative, infinite or NaN = 1: must be 0",
                         nbk::InvalidInput);
  }
  CHECK_THROWS_AS(nbk::apply_response(HostSpace(), busy(), filled_image(1, 4, 5, 1.0), filled_image(1, 5, 4, 1.0)),
                  nbk::InvalidInput);
}
