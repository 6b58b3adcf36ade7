// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/model/detector.hpp"
#include "nbk/scene/scene.hpp"

#include <algorithm>
#include <optional>
#include <string>

namespace nbk::scene {

/// Returns the pixels to compute: the region of interest, cut to the panel.
/// \param name  path of the panel in messages
/// \throws InvalidInput if none is left
inline PixelWindow resolve_window(const RegionOfInterest& roi, const PanelGeometry& panel, const std::string& name) {
  const auto lower = [](const std::optional<int>& bound) { return std::max(bound.value_or(0), 0); };
  const auto upper = [](const std::optional<int>& bound, int pixels) {
    return bound.value_or(-1) < 0 ? pixels - 1 : std::min(*bound, pixels - 1);
  };
  const PixelWindow window{lower(roi.fast_min), upper(roi.fast_max, panel.pixels_fast), lower(roi.slow_min),
                           upper(roi.slow_max, panel.pixels_slow)};
  require(window.fast_min <= window.fast_max, name + ".roi.fast_min", window.fast_min,
          "must be at most " + std::to_string(window.fast_max) + ", fast_max or the last pixel");
  require(window.slow_min <= window.slow_max, name + ".roi.slow_min", window.slow_min,
          "must be at most " + std::to_string(window.slow_max) + ", slow_max or the last pixel");
  return window;
}

}  // namespace nbk::scene
