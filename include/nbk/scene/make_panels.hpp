// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/place_listed_panel.hpp"
#include "nbk/scene/place_panel.hpp"
#include "nbk/scene/require_computable.hpp"
#include "nbk/scene/resolve_layers.hpp"
#include "nbk/scene/resolve_window.hpp"
#include "nbk/scene/scene.hpp"
#include "nbk/scene/validate.hpp"
#include "nbk/scene/warn_of_ignored.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace nbk {

/// Returns the number of panels of a detector, >= 1.
inline std::size_t panel_count(const Detector& detector) {
  return detector.panels.empty() ? 1 : detector.panels.size();
}

/// Returns the mask of a panel, [slow][fast]. It is empty if all pixels are computed.
/// \param panel  number of the panel, from 0
inline const std::vector<std::uint16_t>& mask_of(const Detector& detector, std::size_t panel) {
  return detector.panels.empty() ? detector.mask : detector.panels[panel].mask;
}

namespace scene {

/// Makes the one panel that the members of a detector describe.
inline ScenePanel make_described_panel(const Detector& detector, const Frame& frame, Policy policy,
                                       std::vector<Warning>& warnings) {
  const PlacedPanel placed = place_panel(detector, frame, policy);
  warn_of_ignored(detector, frame.convention, warnings);
  validate_mask(detector.mask, placed.panel.pixels_fast, placed.panel.pixels_slow, "detector");
  ScenePanel panel;
  panel.geometry = placed.panel;
  panel.centre = placed.centre;
  panel.window = resolve_window(detector.roi, placed.panel, "detector");
  panel.layers = resolve_layers(detector.sensor, policy, warnings);
  require_facing_sensor(panel, policy, "detector");
  return panel;
}

/// Makes the panels of a list.
inline std::vector<ScenePanel> make_listed_panels(const Detector& detector, const Frame& frame, Policy policy,
                                                  std::vector<Warning>& warnings) {
  std::vector<ScenePanel> panels;
  panels.reserve(detector.panels.size());
  for (std::size_t i = 0; i < detector.panels.size(); ++i) {
    const Panel& listed = detector.panels[i];
    const PlacedPanel placed = place_listed_panel(listed, frame, detector.point_pixel);
    std::vector<Warning> of_sensor;
    ScenePanel panel;
    panel.geometry = placed.panel;
    panel.centre = placed.centre;
    panel.window = resolve_window(listed.roi, placed.panel, panel_name(i));
    panel.layers = resolve_layers(listed.sensor.value_or(detector.sensor), policy, of_sensor);
    if (i == 0) warnings.insert(warnings.end(), of_sensor.begin(), of_sensor.end());
    panel.wanted_oversample = listed.oversample.value_or(0);
    require_facing_sensor(panel, policy, panel_name(i));
    panels.push_back(panel);
  }
  return panels;
}

/// Makes the panels of a detector.
/// \param frame  unit vectors
inline std::vector<ScenePanel> make_panels(const Detector& detector, const Frame& frame, Policy policy,
                                           std::vector<Warning>& warnings) {
  if (!detector.panels.empty()) return make_listed_panels(detector, frame, policy, warnings);
  return {make_described_panel(detector, frame, policy, warnings)};
}

}  // namespace scene

}  // namespace nbk
