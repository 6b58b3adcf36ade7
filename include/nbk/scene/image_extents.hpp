// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/scene/scene.hpp"

#include <algorithm>
#include <cstddef>

namespace nbk {

/// Extents of an image, [panel][slow][fast]. Panels of different sizes are padded to the largest: an image then is one
/// array whose indices are panel, row and column, as for equal panels. Detectors mix sizes rarely; a Selection computes
/// no padding.
struct ImageExtents {
  std::size_t panels = 0;  ///< number of panels
  std::size_t slow = 0;    ///< most rows of a panel
  std::size_t fast = 0;    ///< most columns of a panel

  /// Returns the number of pixels, padding included.
  std::size_t pixels() const { return panels * slow * fast; }
};

/// Returns the extents of the image of a scene.
inline ImageExtents image_extents(const Scene& scene) {
  ImageExtents extents{scene.panels.size(), 0, 0};
  for (const ScenePanel& panel : scene.panels) {
    extents.slow = std::max(extents.slow, static_cast<std::size_t>(panel.geometry.pixels_slow));
    extents.fast = std::max(extents.fast, static_cast<std::size_t>(panel.geometry.pixels_fast));
  }
  return extents;
}

}  // namespace nbk
