// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/math/rotation.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/detector.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/bend.hpp"
#include "nbk/scene/scene.hpp"

#include <algorithm>
#include <cfloat>
#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <vector>

/// \file
/// Where the pixels are: conventions, beam centre, pivot, rotations.

namespace nbk::scene {

/// Pixels of a panel and its size.
struct PanelSize {
  int pixels_fast = 0, pixels_slow = 0;
  double fast_m = 0, slow_m = 0;
};

/// A panel and the beam centre that belongs to it.
struct PlacedPanel {
  Panel panel;
  BeamCentre centre;
};

/// Numbers of pixels, from themselves or from the size.
inline PanelSize resolve_size(const Detector& detector) {
  const double pixel = detector.pixel_size_m;
  const auto count = [&](double size_m, const char* name) {
    const double pixels = std::ceil(size_m / pixel - 0.5);
    require(pixels >= 1.0, name, size_m, "must be at least one pixel");
    require(pixels <= std::numeric_limits<int>::max(), name, size_m, "must be at most 2^31 - 1 pixels");
    return static_cast<int>(pixels);
  };
  PanelSize size{0, 0, detector.size_fast_m, detector.size_slow_m};
  if (detector.pixels_fast) size.fast_m = pixel * *detector.pixels_fast;
  if (detector.pixels_slow) size.slow_m = pixel * *detector.pixels_slow;
  size.pixels_fast = count(size.fast_m, "detector.size_fast_m");
  size.pixels_slow = count(size.slow_m, "detector.size_slow_m");
  return size;
}

/// The axes as unit vectors. A normal that is not of length 1 exactly is replaced by fast x slow, as the C program
/// does. The two-theta axis stays as given in `compat`.
inline Frame normalised(Frame frame, Policy policy, std::vector<std::string>& warnings) {
  const double normal_length = strict::magnitude(frame.normal);
  frame.beam = strict::unit(frame.beam);
  frame.fast = strict::unit(frame.fast);
  frame.slow = strict::unit(frame.slow);
  frame.polarization = strict::unit(frame.polarization);
  frame.spindle = strict::unit(frame.spindle);
  if (policy == Policy::corrected) frame.two_theta_axis = strict::unit(frame.two_theta_axis);
  if (normal_length == 1.0) {
    frame.normal = strict::unit(frame.normal);
  } else {
    frame.normal = strict::unit(strict::cross(frame.fast, frame.slow));
    warnings.emplace_back("the detector normal is not a unit vector: fast x slow is used instead");
  }
  return frame;
}

/// The beam centre before the detector is rotated, as the convention reads it.
inline BeamCentre starting_centre(const Detector& detector, const PanelSize& size, Convention convention) {
  const double pixel = detector.pixel_size_m;
  BeamCentre centre;
  centre.close_fast_m = detector.org_x_px ? (*detector.org_x_px - 0.5) * pixel : size.fast_m / 2.0;
  centre.close_slow_m = detector.org_y_px ? (*detector.org_y_px - 0.5) * pixel : size.slow_m / 2.0;
  const auto beam = [&](double x_m, double y_m) {
    centre.beam_x_m = detector.beam_x_m.value_or(x_m);
    centre.beam_y_m = detector.beam_y_m.value_or(y_m);
  };
  const auto meets = [&](double fast_m, double slow_m, Pivot pivot) {
    centre.fast_m = fast_m;
    centre.slow_m = slow_m;
    centre.pivot = pivot;
  };
  switch (convention) {
    case Convention::adxv:
      beam((size.fast_m + pixel) / 2.0, (size.slow_m - pixel) / 2.0);
      meets(centre.beam_x_m, size.slow_m - centre.beam_y_m, Pivot::beam);
      break;
    case Convention::mosflm:
    case Convention::denzo: {
      // x runs along slow; MOSFLM counts from the middle of the first pixel.
      const double half_pixel = convention == Convention::mosflm ? 0.5 * pixel : 0.0;
      beam((size.slow_m + pixel) / 2.0, (size.fast_m + pixel) / 2.0);
      meets(centre.beam_y_m + half_pixel, centre.beam_x_m + half_pixel, Pivot::beam);
      break;
    }
    case Convention::xds:
    case Convention::dials:
    case Convention::custom:
      beam(detector.close_x_m.value_or(centre.close_fast_m), detector.close_y_m.value_or(centre.close_slow_m));
      meets(centre.beam_x_m, centre.beam_y_m, Pivot::sample);
      if (convention == Convention::custom) {
        centre.pivot = detector.pivot;
        centre.close_fast_m = centre.beam_x_m;
        centre.close_slow_m = centre.beam_y_m;
      }
      break;
  }
  return centre;
}

/// What of the user's detector the convention does not look at.
inline void warn_of_ignored(const Detector& detector, const Frame& frame, Policy policy,
                            std::vector<std::string>& warnings) {
  const bool reads_origin = frame.convention == Convention::xds || frame.convention == Convention::dials;
  if (reads_origin && (detector.beam_x_m || detector.beam_y_m))
    warnings.emplace_back("detector.beam_x_m, beam_y_m: ignored by xds and dials; org_x_px, org_y_px count");
  if (frame.convention != Convention::custom) {
    if (detector.close_x_m || detector.close_y_m)
      warnings.emplace_back("detector.close_x_m, close_y_m: ignored by all but the custom convention");
    if (!reads_origin && (detector.org_x_px || detector.org_y_px))
      warnings.emplace_back("detector.org_x_px, org_y_px: ignored by this convention; beam_x_m, beam_y_m count");
  }
  if (detector.origin_m && policy == Policy::compat)
    warnings.emplace_back("detector.origin_m: ignored as the C program does; the corrected policy honours it");
  if (detector.curved && policy == Policy::compat && frame.beam != Vec3d{1, 0, 0})
    warnings.emplace_back("a curved detector is bent meaningfully only where the beam is along x (mosflm, denzo)");
}

/// Places the panel: rotations, pivot, beam centre after them.
/// \param frame unit vectors, from normalised()
/// \return the beam centre is NaN where the panel is parallel to the beam
/// \throws InvalidInput if the panel ends up nowhere
inline PlacedPanel place_panel(const Detector& detector, const Frame& frame, Policy policy) {
  const PanelSize size = resolve_size(detector);
  BeamCentre centre = starting_centre(detector, size, frame.convention);
  const auto turned = [&](const Vec3d& v) { return rotate_xyz(v, detector.rotation_rad); };
  const auto swung = [&](const Vec3d& v) { return rotate_about(v, frame.two_theta_axis, detector.two_theta_rad); };
  const auto nonzero = [](double ratio) { return ratio == 0.0 ? DBL_MIN : ratio; };

  // Distances along the beam and along the normal. The C program leaves the two-theta swing out of their ratio.
  double ratio = nonzero(strict::dot(frame.beam, turned(frame.normal)));
  const double close = detector.close_distance_m.value_or(std::fabs(ratio * detector.distance_m));
  const double along_beam = close / ratio;

  Panel panel{size.pixels_fast,
              size.pixels_slow,
              detector.pixel_size_m,
              swung(turned(frame.fast)),
              swung(turned(frame.slow)),
              swung(turned(frame.normal)),
              {},
              0,
              0,
              detector.curved,
              detector.point_pixel,
              {}};
  const auto origin = [](double fast_m, double slow_m, const Vec3d& fast, const Vec3d& slow, const Vec3d& out_m) {
    return strict::scaled(-fast_m, fast) - strict::scaled(slow_m, slow) + out_m;
  };
  if (policy == Policy::corrected && detector.origin_m)
    panel.origin_m = *detector.origin_m;
  else if (centre.pivot == Pivot::sample)
    panel.origin_m = swung(turned(
        origin(centre.close_fast_m, centre.close_slow_m, frame.fast, frame.slow, strict::scaled(close, frame.normal))));
  else
    panel.origin_m =
        origin(centre.fast_m, centre.slow_m, panel.fast, panel.slow, strict::scaled(along_beam, frame.beam));

  if (policy == Policy::corrected) ratio = nonzero(strict::dot(frame.beam, panel.normal));
  centre.close_fast_m = -strict::dot(panel.origin_m, panel.fast);
  centre.close_slow_m = -strict::dot(panel.origin_m, panel.slow);
  panel.close_distance_m = strict::dot(panel.origin_m, panel.normal);
  panel.distance_m = panel.close_distance_m / ratio;
  // A panel along the beam never meets it: that is fine unless the distance is a radius.
  const bool meets_beam = std::isfinite(panel.distance_m);
  const double nowhere = std::numeric_limits<double>::quiet_NaN();
  const Vec3d spot_m = strict::scaled(meets_beam ? panel.distance_m : 0.0, frame.beam) - panel.origin_m;
  centre.fast_m = meets_beam ? strict::dot(panel.fast, spot_m) : nowhere;
  centre.slow_m = meets_beam ? strict::dot(panel.slow, spot_m) : nowhere;
  centre.org_x_px = centre.close_fast_m / panel.pixel_size_m + 0.5;
  centre.org_y_px = centre.close_slow_m / panel.pixel_size_m + 0.5;

  const double reach = strict::magnitude(panel.origin_m);
  require(reach <= 1e9, "detector distance to the first pixel, m", reach, "must be at most 1e9");
  if (panel.curved && policy == Policy::compat) {
    require(meets_beam && panel.distance_m != 0.0, "detector distance along the beam, m", panel.distance_m,
            "must be finite and not 0 for a curved detector");
    panel.bend = bend_by_lab_axes(panel, frame.beam);
  } else if (panel.curved) {
    require(panel.close_distance_m >= panel.pixel_size_m, "detector close distance, m", panel.close_distance_m,
            "must be at least one pixel: it is the radius of a curved detector");
    panel.bend = bend_to_sphere(panel);
  }
  return {panel, centre};
}

/// The pixels to compute: the region of interest cut to the panel.
/// \throws InvalidInput if none is left
inline PixelWindow resolve_window(const RegionOfInterest& roi, const Panel& panel) {
  const auto lower = [](const std::optional<int>& bound) { return std::max(bound.value_or(0), 0); };
  const auto upper = [](const std::optional<int>& bound, int pixels) {
    return bound.value_or(-1) < 0 ? pixels - 1 : std::min(*bound, pixels - 1);
  };
  const PixelWindow window{lower(roi.fast_min), upper(roi.fast_max, panel.pixels_fast), lower(roi.slow_min),
                           upper(roi.slow_max, panel.pixels_slow)};
  require(window.fast_min <= window.fast_max, "detector.roi.fast_min", window.fast_min,
          "must be at most " + std::to_string(window.fast_max) + ", fast_max or the last pixel");
  require(window.slow_min <= window.slow_max, "detector.roi.slow_min", window.slow_min,
          "must be at most " + std::to_string(window.slow_max) + ", slow_max or the last pixel");
  return window;
}

}  // namespace nbk::scene
