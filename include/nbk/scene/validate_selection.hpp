// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concatenated.hpp"
#include "nbk/core/error.hpp"
#include "nbk/model/selection.hpp"
#include "nbk/scene/scene.hpp"

#include <cstdint>
#include <limits>
#include <string>

namespace nbk::scene {

/// Returns the number of pixels of a list of runs.
inline std::int64_t listed_pixels(const Selection& selection) {
  std::int64_t pixels = 0;
  for (const PixelRun& run : selection.runs) pixels += run.count;
  return pixels;
}

/// Checks that every run lies on its panel, and that an int can count the pixels of the list.
/// \throws InvalidInput
inline void validate(const Selection& selection, const Scene& scene) {
  const ParameterName runs = "selection.runs";
  for (std::size_t i = 0; i < selection.runs.size(); ++i) {
    const PixelRun& run = selection.runs[i];
    const ParameterName name = runs[i];
    const auto within = [&](int value, int count, const char* member, const char* of) {
      if (value >= 0 && value < count) return;
      reject(name + member, value, concatenated({"must be 0 to ", std::to_string(count - 1), ", the last ", of}));
    };
    within(run.panel, static_cast<int>(scene.panels.size()), ".panel", "panel");
    const PanelGeometry& panel = scene.panels[static_cast<std::size_t>(run.panel)].geometry;
    within(run.slow, panel.pixels_slow, ".slow", "row of the panel");
    within(run.first_fast, panel.pixels_fast, ".first_fast", "column of the panel");
    require(run.count >= 1, name + ".count", run.count, "must be at least 1: a run may not be empty");
    const int most = panel.pixels_fast - run.first_fast;
    if (run.count > most)
      reject(name + ".count", run.count,
             concatenated({"must be at most ", std::to_string(most), ", up to the end of the row"}));
  }
  require(listed_pixels(selection) <= std::numeric_limits<int>::max(), "selection.runs pixels",
          listed_pixels(selection), "must be at most 2^31 - 1");
}

}  // namespace nbk::scene
