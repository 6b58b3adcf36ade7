// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/strict.hpp"
#include "nbk/model/detector.hpp"
#include "nbk/scene/place_panel.hpp"
#include "nbk/scene/scene.hpp"

#include <cfloat>

namespace nbk::scene {

/// Places a panel of a list: it is where its vectors say. Its normal is fast x slow, turned away from the sample; the
/// sensor's layers follow each other along it. A plane through the sample keeps fast x slow.
/// \param frame        unit vectors, from normalised()
/// \param point_pixel  see Detector
inline PlacedPanel place_listed_panel(const Panel& panel, const Frame& frame, bool point_pixel) {
  PanelGeometry geometry;
  geometry.pixels_fast = panel.pixels_fast;
  geometry.pixels_slow = panel.pixels_slow;
  geometry.first_fast = panel.first_fast;
  geometry.first_slow = panel.first_slow;
  geometry.pixel_size_m = panel.pixel_size_m;
  geometry.fast = strict::unit(panel.fast);
  geometry.slow = strict::unit(panel.slow);
  geometry.normal = strict::unit(strict::cross(geometry.fast, geometry.slow));
  geometry.origin_m = panel.origin_m;
  geometry.point_pixel = point_pixel;
  if (strict::dot(geometry.origin_m, geometry.normal) < 0.0) geometry.normal = -geometry.normal;

  BeamCentre centre;
  centre.pivot = Pivot::sample;
  const double ratio = strict::dot(frame.beam, geometry.normal);
  measure_panel(geometry, centre, frame.beam, ratio == 0.0 ? DBL_MIN : ratio);
  centre.beam_x_m = centre.fast_m;
  centre.beam_y_m = centre.slow_m;
  return {geometry, centre};
}

}  // namespace nbk::scene
