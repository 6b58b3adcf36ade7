// SPDX-License-Identifier: MIT
#include "support/flag_samples.hpp"

#include <numbers>

namespace nbk::testing {

namespace {

using bench::flags::Command;

constexpr double degrees = 180.0 * std::numbers::inv_pi;

const Detector& detector(const Command& c) { return c.experiment.detector; }
const Frame& frame(const Command& c) { return c.experiment.frame; }

template <Convention Name>
bool is_named(const Command& c) {
  const Frame expected = Frame::of(Name);
  return frame(c).convention == Name && frame(c).beam == expected.beam && frame(c).fast == expected.fast &&
         frame(c).slow == expected.slow && frame(c).two_theta_axis == expected.two_theta_axis &&
         frame(c).polarization == expected.polarization && frame(c).spindle == expected.spindle;
}

template <Vec3d Frame::*Axis>
bool is_axis(const Command& c) {
  return frame(c).convention == Convention::custom && frame(c).*Axis == Vec3d{0.1, -0.2, 0.3};
}

bool has_layers(const Command& c) { return detector(c).sensor.layers == 5; }
bool is_fast(const Command& c) { return detector(c).pixels_fast == 160 && !detector(c).pixels_slow; }
bool is_slow(const Command& c) { return detector(c).pixels_slow == 96 && !detector(c).pixels_fast; }
bool absorbs(const Command& c) { return detector(c).sensor.attenuation_length_m == 500 * 1e-6; }
bool pivots(const Command& c, Pivot pivot) { return detector(c).pivot == pivot; }

}  // namespace

std::vector<FlagSample> detector_samples() {
  return {
      {"-Xbeam 40", [](const Command& c) { return detector(c).beam_x_m == 0.04 && pivots(c, Pivot::beam); }},
      {"-Ybeam 55", [](const Command& c) { return detector(c).beam_y_m == 0.055 && pivots(c, Pivot::beam); }},
      {"-Xclose 45", [](const Command& c) { return detector(c).close_x_m == 0.045 && pivots(c, Pivot::sample); }},
      {"-Yclose 60", [](const Command& c) { return detector(c).close_y_m == 0.06 && pivots(c, Pivot::sample); }},
      {"-ORGX 50", [](const Command& c) { return detector(c).org_x_px == 50 && pivots(c, Pivot::sample); }},
      {"-ORGY 70", [](const Command& c) { return detector(c).org_y_px == 70 && pivots(c, Pivot::sample); }},
      {"-pivot sample", [](const Command& c) { return pivots(c, Pivot::sample); }},
      {"-twotheta 1 -pivot beam", [](const Command& c) { return pivots(c, Pivot::beam); }},
      {"-mosflm", is_named<Convention::mosflm>},
      {"-xds", is_named<Convention::xds>},
      {"-adxv", is_named<Convention::adxv>},
      {"-denzo", is_named<Convention::denzo>},
      {"-dials", is_named<Convention::dials>},
      {"-fdet_vector 0.1 -0.2 0.3", is_axis<&Frame::fast>},
      {"-sdet_vector 0.1 -0.2 0.3", is_axis<&Frame::slow>},
      {"-odet_vector 0.1 -0.2 0.3", is_axis<&Frame::normal>},
      {"-beam_vector 0.1 -0.2 0.3", is_axis<&Frame::beam>},
      {"-polar_vector 0.1 -0.2 0.3", is_axis<&Frame::polarization>},
      {"-twotheta_axis 0.1 -0.2 0.3", is_axis<&Frame::two_theta_axis>},
      {"-pix0_vector 0.1 -0.2 0.3",
       [](const Command& c) {
         return frame(c).convention == Convention::custom && detector(c).origin_m == Vec3d{0.1, -0.2, 0.3};
       }},
      {"-distance 130", [](const Command& c) { return detector(c).distance_m == 0.13 && pivots(c, Pivot::beam); }},
      {"-close_distance 130",
       [](const Command& c) { return detector(c).close_distance_m == 0.13 && pivots(c, Pivot::sample); }},
      {"-detector_abs 500", absorbs},
      {"-detector_absorb 500", absorbs},
      {"-detector_thick 9 -detector_abs inf",
       [](const Command& c) {
         return detector(c).sensor.attenuation_length_m == 0.0 && detector(c).sensor.thickness_m == 0;
       }},
      {"-detector_abs -3", [](const Command& c) { return !detector(c).sensor.attenuation_length_m; }},
      {"-detector_thick 450", [](const Command& c) { return detector(c).sensor.thickness_m == 450 * 1e-6; }},
      {"-detector_thicksteps 5", [](const Command& c) { return has_layers(c) && detector(c).sensor.thickness_m == 0; }},
      {"-thicksteps 5", has_layers},
      {"-twotheta 15",
       [](const Command& c) { return detector(c).two_theta_rad == 15 / degrees && pivots(c, Pivot::sample); }},
      {"-detector_rotx 5",
       [](const Command& c) {
         return detector(c).rotation_rad == Vec3d{5 / degrees, 0, 0};
       }},
      {"-detector_roty 5",
       [](const Command& c) {
         return detector(c).rotation_rad == Vec3d{0, 5 / degrees, 0};
       }},
      {"-detector_rotz 5",
       [](const Command& c) {
         return detector(c).rotation_rad == Vec3d{0, 0, 5 / degrees};
       }},
      {"-detsize 30",
       [](const Command& c) { return detector(c).size_fast_m == 0.03 && detector(c).size_slow_m == 0.03; }},
      {"-detsize_f 30",
       [](const Command& c) { return detector(c).size_fast_m == 0.03 && detector(c).size_slow_m == 0.1024; }},
      {"-detsize_s 30",
       [](const Command& c) { return detector(c).size_fast_m == 0.1024 && detector(c).size_slow_m == 0.03; }},
      {"-detpixels 128",
       [](const Command& c) { return detector(c).pixels_fast == 128 && detector(c).pixels_slow == 128; }},
      {"-detpixels 128 -detpixels 0", [](const Command& c) { return !detector(c).pixels_fast; }},
      {"-detpixels_f 160", is_fast},
      {"-detpixels_x 160", is_fast},
      {"-detpixels_s 96", is_slow},
      {"-detpixels_y 96", is_slow},
      {"-curved_det -N 2", [](const Command& c) { return detector(c).curved; }},
      {"-pixel 0.8", [](const Command& c) { return detector(c).pixel_size_m == 0.0008; }},
      {"-point_pixel", [](const Command& c) { return detector(c).point_pixel; }},
      {"-oversample 3", [](const Command& c) { return detector(c).oversample == 3; }},
      {"-oversample_thick 3",
       [](const Command& c) { return detector(c).oversample_thickness && detector(c).oversample == 0; }},
      {"-oversample_polar", [](const Command& c) { return detector(c).oversample_polarization; }},
      {"-oversample_omega", [](const Command& c) { return detector(c).oversample_solid_angle; }},
      {"-roi 20 90 40 100",
       [](const Command& c) {
         const RegionOfInterest& roi = detector(c).roi;
         return roi.fast_min == 20 && roi.fast_max == 90 && roi.slow_min == 40 && roi.slow_max == 100;
       }},
      {"-dmin 2.5", [](const Command& c) { return c.experiment.dmin_m == 2.5 * 1e-10; }},
  };
}

}  // namespace nbk::testing
