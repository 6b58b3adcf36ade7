// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concatenated.hpp"
#include "nbk/core/warning.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/scene.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <string>

namespace nbk::scene {

/// Number of sub-pixels per axis that sample the spots three times: 3 L / (lambda d / p) with L the crystal's longest
/// edge. A number that no int can hold counts as 1, as in nanoBragg's conversion.
/// \param reach_m  distance over which the spots spread
inline int recommended_oversample(const Lattice& lattice, const PanelGeometry& panel, double wavelength_m,
                                  double reach_m) {
  const double longest_m = std::max({strict::magnitude(lattice.direct.a_m) * lattice.cells[0],
                                     strict::magnitude(lattice.direct.b_m) * lattice.cells[1],
                                     strict::magnitude(lattice.direct.c_m) * lattice.cells[2]});
  const double spot_m = wavelength_m * reach_m / panel.pixel_size_m;
  if (spot_m == 0.0) return 1;
  const double subpixels = std::ceil(3.0 * longest_m / spot_m);
  return subpixels >= 1.0 && subpixels <= std::numeric_limits<int>::max() ? static_cast<int>(subpixels) : 1;
}

/// Distance over which the spots spread on their way to a panel.
inline double reach_m(const PanelGeometry& panel, Policy policy) {
  // Swung past a right angle a panel has no distance along the beam; then its nearest point says more.
  const bool meets_beam = policy == Policy::compat || (panel.distance_m > 0.0 && std::isfinite(panel.distance_m));
  return meets_beam ? panel.distance_m : std::fabs(panel.close_distance_m);
}

/// Sets the oversampling of all panels, and warns of one that is too coarse. Where it is left to the library, all
/// panels have that of the panel that needs most. \param wanted  <= 0: the recommended one; a panel that has its own
/// keeps it
inline void resolve_oversample(Scene& scene, int wanted, Policy policy) {
  int finest = 1;
  for (ScenePanel& panel : scene.panels) {
    panel.recommended_oversample =
        recommended_oversample(scene.lattice, panel.geometry, scene.wavelength_m, reach_m(panel.geometry, policy));
    finest = std::max(finest, panel.recommended_oversample);
  }
  const ScenePanel* coarse = nullptr;
  for (ScenePanel& panel : scene.panels) {
    const int own = panel.wanted_oversample > 0 ? panel.wanted_oversample : wanted;
    panel.oversample = own > 0 ? own : finest;
    if (panel.oversample < panel.recommended_oversample && coarse == nullptr) coarse = &panel;
  }
  if (coarse != nullptr)
    add_warning(scene.warnings, Warning::Topic::coarse_oversampling, "detector.oversample",
                concatenated({"the intensity may vary a lot within a pixel: an oversampling of ",
                              std::to_string(coarse->recommended_oversample), " is recommended"}));
}

}  // namespace nbk::scene
