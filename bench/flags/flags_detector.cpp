// SPDX-License-Identifier: MIT
#include "bench/flags/flags.hpp"
#include "bench/flags/units.hpp"

#include <cstdlib>

namespace nbk::bench::flags {

namespace {

template <std::optional<double> Detector::*Field, Pivot Point>
void set_centre(Draft& draft, Values& values) {
  draft.experiment.detector.*Field = mm(values.number(0));
  draft.experiment.detector.pivot = Point;
}

template <std::optional<double> Detector::*Field>
void set_org(Draft& draft, Values& values) {
  draft.experiment.detector.*Field = values.number(0);
  draft.experiment.detector.pivot = Pivot::sample;
}

void set_pivot(Draft& draft, Values& values) {
  if (values.text(0).find("sample") != std::string::npos) draft.experiment.detector.pivot = Pivot::sample;
  if (values.text(0).find("beam") != std::string::npos) draft.experiment.detector.pivot = Pivot::beam;
}

template <Convention Name>
void set_convention(Draft& draft, Values&) {
  draft.choose(Name, Name == Convention::xds ? Pivot::sample : Pivot::beam);
}

template <Vec3d Frame::*Axis>
void set_axis(Draft& draft, Values& values) {
  draft.set_custom(Axis, {values.number(0), values.number(1), values.number(2)});
}

void set_origin(Draft& draft, Values& values) {
  draft.frame_given = true;
  draft.experiment.frame.convention = Convention::custom;
  draft.experiment.detector.origin_m = Vec3d{values.number(0), values.number(1), values.number(2)};
}

void set_distance(Draft& draft, Values& values) {
  draft.experiment.detector.distance_m = mm(values.number(0));
  draft.experiment.detector.pivot = Pivot::beam;
}

/// A depth of "inf" or 0 switches the sensor off: it absorbs nothing, and the thickness so far is forgotten.
void set_absorption(Draft& draft, Values& values) {
  Sensor& sensor = draft.experiment.detector.sensor;
  const bool infinite = values.text(0).find("inf") != std::string::npos;
  const double depth_um = infinite ? 0.0 : values.number(0);
  if (depth_um == 0.0) {
    sensor.thickness_m = 0;
    sensor.attenuation_length_m = 0.0;
  } else if (depth_um < 0) {
    sensor.attenuation_length_m.reset();
  } else {
    sensor.attenuation_length_m = um(depth_um);
  }
}

void set_thickness(Draft& draft, Values& values) {
  draft.experiment.detector.sensor.thickness_m = um(values.number(0));
}

void set_layers(Draft& draft, Values& values) {
  const int layers = values.integer(0);
  draft.experiment.detector.sensor.layers = layers > 0 ? std::optional(layers) : std::nullopt;
}

void set_two_theta(Draft& draft, Values& values) {
  draft.experiment.detector.two_theta_rad = deg(values.number(0));
  draft.experiment.detector.pivot = Pivot::sample;
}

template <double Vec3d::*Axis>
void set_rotation(Draft& draft, Values& values) {
  draft.experiment.detector.rotation_rad.*Axis = deg(values.number(0));
}

template <bool Fast, bool Slow>
void set_size(Draft& draft, Values& values) {
  const double size = mm(values.number(0));
  if (Fast) draft.experiment.detector.size_fast_m = size;
  if (Slow) draft.experiment.detector.size_slow_m = size;
}

template <bool Fast, bool Slow>
void set_pixels(Draft& draft, Values& values) {
  const int n = values.integer(0);
  const std::optional<int> pixels = n != 0 ? std::optional(n) : std::nullopt;
  if (Fast) draft.experiment.detector.pixels_fast = pixels;
  if (Slow) draft.experiment.detector.pixels_slow = pixels;
}

/// The C program ignores -curved_det as the last word of the line.
std::optional<int> count_curved(std::span<const std::string> rest) {
  return rest.empty() ? std::nullopt : std::optional(0);
}

template <bool Detector::*Field, bool Value = true>
void set_switch(Draft& draft, Values&) {
  draft.experiment.detector.*Field = Value;
}

void set_roi(Draft& draft, Values& values) {
  draft.experiment.detector.roi = {values.integer(0), values.integer(1), values.integer(2), values.integer(3)};
}

}  // namespace

std::vector<Flag> detector_flags() {
  constexpr Group group = Group::detector;
  constexpr std::string_view convention = "frame.convention";
  constexpr std::string_view lab = "lab x y z";
  // One row, one paragraph.
  // clang-format off
  return {
      {.names = {"-Xbeam"}, .values = 1, .unit = "mm", .fallback = "centre", .help = "beam centre, first coordinate",
       .sets = "detector.beam_x_m", .group = group, .apply = set_centre<&Detector::beam_x_m, Pivot::beam>},
      {.names = {"-Ybeam"}, .values = 1, .unit = "mm", .fallback = "centre", .help = "beam centre, second coordinate",
       .sets = "detector.beam_y_m", .group = group, .apply = set_centre<&Detector::beam_y_m, Pivot::beam>},
      {.names = {"-Xclose"}, .values = 1, .unit = "mm", .fallback = "centre",
       .help = "point nearest to the sample, fast (custom convention only)", .sets = "detector.close_x_m",
       .group = group, .apply = set_centre<&Detector::close_x_m, Pivot::sample>},
      {.names = {"-Yclose"}, .values = 1, .unit = "mm", .fallback = "centre",
       .help = "point nearest to the sample, slow (custom convention only)", .sets = "detector.close_y_m",
       .group = group, .apply = set_centre<&Detector::close_y_m, Pivot::sample>},
      {.names = {"-ORGX"}, .values = 1, .unit = "pixel", .fallback = "centre",
       .help = "point nearest to the sample, fast, as XDS counts", .sets = "detector.org_x_px", .group = group,
       .apply = set_org<&Detector::org_x_px>},
      {.names = {"-ORGY"}, .values = 1, .unit = "pixel", .fallback = "centre",
       .help = "point nearest to the sample, slow, as XDS counts", .sets = "detector.org_y_px", .group = group,
       .apply = set_org<&Detector::org_y_px>},
      {.names = {"-pivot"}, .values = 1, .unit = "sample|beam", .fallback = "by convention",
       .help = "what stays fixed when the detector turns (custom convention only)", .sets = "detector.pivot",
       .group = group, .apply = set_pivot},
      {.names = {"-mosflm"}, .fallback = "on", .help = "MOSFLM's axes and beam centre", .sets = convention,
       .group = group, .apply = set_convention<Convention::mosflm>},
      {.names = {"-xds"}, .help = "XDS' axes and detector origin", .sets = convention, .group = group,
       .apply = set_convention<Convention::xds>},
      {.names = {"-adxv"}, .help = "ADXV's axes and beam centre", .sets = convention, .group = group,
       .apply = set_convention<Convention::adxv>},
      {.names = {"-denzo"}, .help = "DENZO's axes and beam centre", .sets = convention, .group = group,
       .apply = set_convention<Convention::denzo>},
      {.names = {"-dials"}, .help = "DIALS' axes and detector origin", .sets = convention, .group = group,
       .apply = set_convention<Convention::dials>},
      {.names = {"-fdet_vector"}, .values = 3, .unit = lab, .fallback = "by convention",
       .help = "fast axis of the detector; custom convention", .sets = "frame.fast", .group = group,
       .apply = set_axis<&Frame::fast>},
      {.names = {"-sdet_vector"}, .values = 3, .unit = lab, .fallback = "by convention",
       .help = "slow axis of the detector; custom convention", .sets = "frame.slow", .group = group,
       .apply = set_axis<&Frame::slow>},
      {.names = {"-odet_vector"}, .values = 3, .unit = lab, .fallback = "by convention",
       .help = "normal of the detector, away from the sample; custom convention", .sets = "frame.normal",
       .group = group, .apply = set_axis<&Frame::normal>},
      {.names = {"-beam_vector"}, .values = 3, .unit = lab, .fallback = "by convention",
       .help = "direction in which the photons travel; custom convention", .sets = "frame.beam", .group = group,
       .apply = set_axis<&Frame::beam>},
      {.names = {"-polar_vector"}, .values = 3, .unit = lab, .fallback = "by convention",
       .help = "electric field of the beam; custom convention", .sets = "frame.polarization", .group = group,
       .apply = set_axis<&Frame::polarization>},
      {.names = {"-spindle_axis"}, .values = 3, .unit = lab, .fallback = "by convention",
       .help = "axis of the phi rotation; custom convention", .sets = "frame.spindle", .group = Group::spindle,
       .apply = set_axis<&Frame::spindle>},
      {.names = {"-twotheta_axis"}, .values = 3, .unit = lab, .fallback = "by convention",
       .help = "axis of the two-theta swing; custom convention", .sets = "frame.two_theta_axis", .group = group,
       .apply = set_axis<&Frame::two_theta_axis>},
      {.names = {"-pix0_vector"}, .values = 3, .unit = "m m m", .fallback = "by beam centre",
       .help = "corner of the first pixel; used by --policy corrected only, always selects the custom convention",
       .sets = "detector.origin_m", .group = group, .apply = set_origin},
      {.names = {"-distance"}, .values = 1, .unit = "mm", .fallback = "100",
       .help = "sample to detector, along the beam", .sets = "detector.distance_m", .group = group,
       .apply = set_distance},
      {.names = {"-close_distance"}, .values = 1, .unit = "mm", .fallback = "from -distance",
       .help = "sample to the nearest point of the detector plane", .sets = "detector.close_distance_m", .group = group,
       .apply = set_centre<&Detector::close_distance_m, Pivot::sample>},
      {.names = {"-detector_abs", "-detector_absorb"}, .patterns = {{"-detector_abs"}}, .values = 1, .unit = "um|inf",
       .fallback = "inf", .help = "attenuation depth of the sensor", .sets = "detector.sensor.attenuation_length_m",
       .group = group, .apply = set_absorption, .last_word_is_fatal = true},
      {.names = {"-detector_thick"}, .patterns = {exact("-detector_thick")}, .values = 1, .unit = "um", .fallback = "0",
       .help = "thickness of the sensor", .sets = "detector.sensor.thickness_m", .group = group, .apply = set_thickness,
       .last_word_is_fatal = true},
      {.names = {"-detector_thicksteps"}, .values = 1, .unit = "layers", .fallback = "automatic",
       .help = "layers of the sensor", .sets = "detector.sensor.layers", .group = group, .apply = set_layers,
       .last_word_is_fatal = true},
      {.names = {"-thicksteps"}, .values = 1, .unit = "layers", .fallback = "automatic",
       .help = "same as -detector_thicksteps", .sets = "detector.sensor.layers", .group = group, .apply = set_layers,
       .last_word_is_fatal = true},
      {.names = {"-twotheta"}, .values = 1, .unit = "deg", .fallback = "0", .help = "swing of the detector",
       .sets = "detector.two_theta_rad", .group = group, .apply = set_two_theta,
       .trap = "the axis' first component is taken as the angle in degrees; give -twotheta after -twotheta_axis"},
      {.names = {"-detector_rotx"}, .values = 1, .unit = "deg", .fallback = "0",
       .help = "rotation of the detector about lab x", .sets = "detector.rotation_rad", .group = group,
       .apply = set_rotation<&Vec3d::x>},
      {.names = {"-detector_roty"}, .values = 1, .unit = "deg", .fallback = "0",
       .help = "rotation of the detector about lab y", .sets = "detector.rotation_rad", .group = group,
       .apply = set_rotation<&Vec3d::y>},
      {.names = {"-detector_rotz"}, .values = 1, .unit = "deg", .fallback = "0",
       .help = "rotation of the detector about lab z", .sets = "detector.rotation_rad", .group = group,
       .apply = set_rotation<&Vec3d::z>},
      {.names = {"-detsize"}, .patterns = {exact("-detsize")}, .values = 1, .unit = "mm", .fallback = "102.4",
       .help = "both sides of the detector", .sets = "detector.size_fast_m detector.size_slow_m", .group = group,
       .apply = set_size<true, true>},
      {.names = {"-detsize_f"}, .values = 1, .unit = "mm", .fallback = "102.4", .help = "size along the fast axis",
       .sets = "detector.size_fast_m", .group = group, .apply = set_size<true, false>},
      {.names = {"-detsize_s"}, .values = 1, .unit = "mm", .fallback = "102.4", .help = "size along the slow axis",
       .sets = "detector.size_slow_m", .group = group, .apply = set_size<false, true>},
      {.names = {"-detpixels"}, .patterns = {exact("-detpixels")}, .values = 1, .unit = "pixels",
       .fallback = "from size", .help = "pixels along both axes", .sets = "detector.pixels_fast detector.pixels_slow",
       .group = group, .apply = set_pixels<true, true>},
      {.names = {"-detpixels_f", "-detpixels_x"}, .values = 1, .unit = "pixels", .fallback = "from size",
       .help = "pixels along the fast axis", .sets = "detector.pixels_fast", .group = group,
       .apply = set_pixels<true, false>},
      {.names = {"-detpixels_s", "-detpixels_y"}, .values = 1, .unit = "pixels", .fallback = "from size",
       .help = "pixels along the slow axis", .sets = "detector.pixels_slow", .group = group,
       .apply = set_pixels<false, true>},
      {.names = {"-curved_det"}, .help = "all pixels at the same distance (not as the last word)",
       .sets = "detector.curved", .group = group, .apply = set_switch<&Detector::curved>, .count = count_curved},
      {.names = {"-pixel"}, .values = 1, .unit = "mm", .fallback = "0.1", .help = "side of the square pixels",
       .sets = "detector.pixel_size_m", .group = group,
       .apply = [](Draft& draft, Values& values) { draft.experiment.detector.pixel_size_m = mm(values.number(0)); }},
      {.names = {"-point_pixel"}, .help = "solid angle 1/R^2 per pixel, without its area and obliquity",
       .sets = "detector.point_pixel", .group = group, .apply = set_switch<&Detector::point_pixel>},
      {.names = {"-polar"}, .patterns = {exact("-polar")}, .values = 1, .unit = "Kahn factor", .fallback = "0",
       .help = "degree of polarisation of the beam", .sets = "beam.kahn_factor", .group = Group::beam,
       .apply = [](Draft& draft, Values& values) { draft.experiment.beam.kahn_factor = values.number(0);
         draft.experiment.beam.polarized = true; }},
      {.names = {"-nopolar"}, .help = "leave the polarisation factor out", .sets = "beam.polarized",
       .group = Group::beam, .apply = [](Draft& draft, Values&) { draft.experiment.beam.polarized = false; }},
      {.names = {"-oversample_thick"}, .help = "absorption for every sub-pixel",
       .sets = "detector.oversample_thickness", .group = group, .apply = set_switch<&Detector::oversample_thickness>,
       .ends_word = true},
      {.names = {"-oversample_polar"}, .help = "polarisation for every sub-pixel",
       .sets = "detector.oversample_polarization", .group = group,
       .apply = set_switch<&Detector::oversample_polarization>, .ends_word = true},
      {.names = {"-oversample_omega"}, .help = "solid angle for every sub-pixel",
       .sets = "detector.oversample_solid_angle", .group = group,
       .apply = set_switch<&Detector::oversample_solid_angle>, .ends_word = true},
      {.names = {"-oversample"}, .values = 1, .unit = "sub-pixels", .fallback = "automatic",
       .help = "sub-pixels per pixel along each axis", .sets = "detector.oversample", .group = group,
       .apply = [](Draft& draft, Values& values) { draft.experiment.detector.oversample = values.integer(0); }},
      {.names = {"-roi"}, .values = 4, .unit = "xmin xmax ymin ymax", .fallback = "all",
       .help = "pixels to render, bounds included", .sets = "detector.roi", .group = group, .apply = set_roi},
  };
  // clang-format on
}

}  // namespace nbk::bench::flags
