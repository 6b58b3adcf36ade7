// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/scene/scene.hpp"

namespace nbk::plan {

/// Most samples (sub-pixels x layers x directions) of a pixel in a row that is taken as a line.
inline constexpr int most_line_samples = 16;

/// True if rows of pixels may be taken as straight lines (physics/line.hpp): a flat panel, one wavelength for each
/// direction and one set of structure factors, no resolution limit. Few samples and one orientation, too: others do not
/// regain the cost of preparing a row.
inline bool rows_suit_lines(const Scene& scene, const ScenePanel& panel, bool resolution_limited) {
  if (panel.geometry.curved || resolution_limited || scene.domains.size() * scene.phi_rad.size() != 1) return false;
  if (scene.rays.front().structure_factor_set != 0) return false;
  for (std::size_t i = 1; i < scene.rays.size(); ++i) {
    if (scene.rays[i].incident == scene.rays[i - 1].incident) return false;
    if (scene.rays[i].structure_factor_set != 0) return false;
  }
  return static_cast<double>(panel.layers.count) * panel.oversample * panel.oversample *
             static_cast<double>(scene.rays.size()) <=
         most_line_samples;
}

}  // namespace nbk::plan
