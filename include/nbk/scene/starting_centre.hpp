// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/model/detector.hpp"
#include "nbk/model/frame.hpp"
#include "nbk/scene/scene.hpp"

#include <cmath>
#include <limits>

namespace nbk::scene {

/// Number of pixels of a panel, and its size.
struct PanelSize {
  int pixels_fast = 0, pixels_slow = 0;
  double fast_m = 0, slow_m = 0;
};

/// Returns the numbers of pixels, as given or from the size.
/// \throws InvalidInput if there is no pixel, or more than an int can count
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

/// Returns the beam centre before the detector is rotated. Which of the user's numbers count depends on the convention.
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

}  // namespace nbk::scene
