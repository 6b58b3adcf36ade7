// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/warning.hpp"
#include "nbk/model/beam.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/bend_to_sphere.hpp"
#include "nbk/scene/scene.hpp"

#include <algorithm>
#include <cmath>

namespace nbk::scene {

/// Warns about a panel and a polarisation that can be computed but are probably not meant.
inline void warn_of_oddities(Scene& scene, const Beam& beam, Policy policy) {
  const auto warn = [&](Warning::Topic topic, const char* parameter, const char* text) {
    add_warning(scene.warnings, topic, parameter, text);
  };
  const PanelGeometry& first = scene.panels.front().geometry;
  if (first.curved && policy == Policy::corrected && overlaps_itself(first))
    warn(Warning::Topic::overlapping_panel, "detector.curved",
         "the curved detector reaches round the sample further than once");
  const bool behind = std::any_of(scene.panels.begin(), scene.panels.end(),
                                  [](const ScenePanel& panel) { return panel.geometry.close_distance_m <= 0.0; });
  if (behind)
    warn(Warning::Topic::panel_behind_sample, "detector.distance_m",
         "the panel's plane is not in front of the sample: its pixels count as dark or negative");
  if (std::fabs(beam.kahn_factor) > 1.0)
    warn(Warning::Topic::polarization_range, "beam.kahn_factor",
         "beam.kahn_factor is outside -1 to 1: some pixels become negative");
}

}  // namespace nbk::scene
