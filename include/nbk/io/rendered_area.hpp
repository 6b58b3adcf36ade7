// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/scene/scene.hpp"

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

namespace nbk::io {

/// The pixels of an image that were computed. Images are [slow][fast].
struct RenderedArea {
  int pixels_fast = 0;                    ///< pixels of a row
  int pixels_slow = 0;                    ///< rows
  PixelWindow window;                     ///< region of interest, inclusive
  std::span<const std::uint16_t> mask{};  ///< 0: not computed; empty: all computed

  /// Pixels of the image.
  std::size_t size() const { return static_cast<std::size_t>(pixels_fast) * static_cast<std::size_t>(pixels_slow); }
  /// Position of a pixel in the image.
  std::size_t index(int fast, int slow) const {
    return static_cast<std::size_t>(slow) * static_cast<std::size_t>(pixels_fast) + static_cast<std::size_t>(fast);
  }

  /// Position of a row's part inside the window.
  std::size_t row_begin(int slow) const { return index(window.fast_min, slow); }
  /// Length of a row's part inside the window.
  std::size_t row_length() const {
    return static_cast<std::size_t>(window.fast_max) - static_cast<std::size_t>(window.fast_min) + 1;
  }
};

/// Returns the area of a panel of a scene.
/// \param mask   of the panel; must outlive the result
/// \param panel  its number, from 0
inline RenderedArea rendered_area(const Scene& scene, std::span<const std::uint16_t> mask, std::size_t panel = 0) {
  const ScenePanel& of = scene.panels[panel];
  return {of.geometry.pixels_fast, of.geometry.pixels_slow, of.window, mask};
}

/// Throws InvalidInput unless an image has one value per pixel.
inline void require_image(std::span<const float> image, const RenderedArea& area) {
  require(image.size() == area.size(), "number of pixels of the image", image.size(),
          "must be " + std::to_string(area.size()));
}

}  // namespace nbk::io
