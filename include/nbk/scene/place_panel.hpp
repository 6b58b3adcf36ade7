// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/math/rotation.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/detector.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/bend_to_sphere.hpp"
#include "nbk/scene/compat/bend_by_lab_axes.hpp"
#include "nbk/scene/scene.hpp"
#include "nbk/scene/starting_centre.hpp"

#include <cfloat>
#include <cmath>
#include <limits>

namespace nbk::scene {

/// A panel and the beam centre that belongs to it.
struct PlacedPanel {
  PanelGeometry panel;
  BeamCentre centre;
};

/// Sets what follows from a panel's place: its distances, and the beam centre as conventions name it.
/// \param ratio  distance along the normal / distance along the beam, not 0
inline void measure_panel(PanelGeometry& panel, BeamCentre& centre, const Vec3d& beam, double ratio) {
  centre.close_fast_m = -strict::dot(panel.origin_m, panel.fast);
  centre.close_slow_m = -strict::dot(panel.origin_m, panel.slow);
  panel.close_distance_m = strict::dot(panel.origin_m, panel.normal);
  panel.distance_m = panel.close_distance_m / ratio;
  // A panel along the beam never meets it: that is fine unless the distance is a radius.
  const bool meets_beam = std::isfinite(panel.distance_m);
  const double nowhere = std::numeric_limits<double>::quiet_NaN();
  const Vec3d spot_m = strict::scaled(meets_beam ? panel.distance_m : 0.0, beam) - panel.origin_m;
  centre.fast_m = meets_beam ? strict::dot(panel.fast, spot_m) : nowhere;
  centre.slow_m = meets_beam ? strict::dot(panel.slow, spot_m) : nowhere;
  centre.org_x_px = centre.close_fast_m / panel.pixel_size_m + 0.5;
  centre.org_y_px = centre.close_slow_m / panel.pixel_size_m + 0.5;

  const double reach = strict::magnitude(panel.origin_m);
  require(reach <= 1e9, "detector distance to the first pixel, m", reach, "must be at most 1e9");
}

/// Places the panel: rotations, pivot, and the beam centre after them.
/// \param frame unit vectors, from normalised()
/// \return the panel, and a beam centre that is NaN if the panel is parallel to the beam
/// \throws InvalidInput if the panel ends up nowhere
inline PlacedPanel place_panel(const Detector& detector, const Frame& frame, Policy policy) {
  const PanelSize size = resolve_size(detector);
  BeamCentre centre = starting_centre(detector, size, frame.convention);
  const auto turned = [&](const Vec3d& v) { return rotate_xyz(v, detector.rotation_rad); };
  const auto swung = [&](const Vec3d& v) { return rotate_about(v, frame.two_theta_axis, detector.two_theta_rad); };
  const auto nonzero = [](double ratio) { return ratio == 0.0 ? DBL_MIN : ratio; };

  // Distances along the beam and along the normal. `compat` leaves the two-theta swing out of their ratio.
  double ratio = nonzero(strict::dot(frame.beam, turned(frame.normal)));
  const double close = detector.close_distance_m.value_or(std::fabs(ratio * detector.distance_m));
  const double along_beam = close / ratio;

  PanelGeometry panel{size.pixels_fast,
                      size.pixels_slow,
                      0,
                      0,
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
  measure_panel(panel, centre, frame.beam, ratio);
  const bool meets_beam = std::isfinite(panel.distance_m);
  if (panel.curved && policy == Policy::compat) {
    require(meets_beam && panel.distance_m != 0.0, "detector distance along the beam, m", panel.distance_m,
            "must be finite and not 0 for a curved detector");
    panel.bend = compat::bend_by_lab_axes(panel, frame.beam);
  } else if (panel.curved) {
    require(panel.close_distance_m >= panel.pixel_size_m, "detector close distance, m", panel.close_distance_m,
            "must be at least one pixel: it is the radius of a curved detector");
    panel.bend = bend_to_sphere(panel);
  }
  return {panel, centre};
}

}  // namespace nbk::scene
