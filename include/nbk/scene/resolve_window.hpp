// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concatenated.hpp"
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
inline PixelWindow resolve_window(const RegionOfInterest& roi, const PanelGeometry& panel, const ParameterName& name) {
  const auto lower = [](const std::optional<int>& bound) { return std::max(bound.value_or(0), 0); };
  const auto upper = [](const std::optional<int>& bound, int pixels) {
    return bound.value_or(-1) < 0 ? pixels - 1 : std::min(*bound, pixels - 1);
  };
  const PixelWindow window{lower(roi.fast_min), upper(roi.fast_max, panel.pixels_fast), lower(roi.slow_min),
                           upper(roi.slow_max, panel.pixels_slow)};
  const auto require_some = [&](int low, int high, const char* member, const char* bound) {
    if (low > high) reject(name + member, low, concatenated({"must be at most ", std::to_string(high), bound}));
  };
  require_some(window.fast_min, window.fast_max, ".roi.fast_min", ", fast_max or the last pixel");
  require_some(window.slow_min, window.slow_max, ".roi.slow_min", ", slow_max or the last pixel");
  return window;
}

}  // namespace nbk::scene
