// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/rendered_area.hpp"
#include "nbk/scene/image_extents.hpp"
#include "nbk/scene/make_panels.hpp"
#include "nbk/scene/scene.hpp"
#include "nbk/scene/validate_selection.hpp"

#include <algorithm>
#include <cstddef>
#include <span>
#include <vector>

namespace nbk::io {

/// Pixels of one panel, with their place.
struct PanelImage {
  std::span<const float> pixels;  ///< photons, [slow][fast]
  RenderedArea area;              ///< of the panel
};

/// Copies an image [panel][slow][fast] of image_extents() without the padding of smaller panels: panel behind panel.
/// \param image      of the scene
/// \param unpadded   memory for the copy; it stays empty where there is no padding
/// \return the image itself where there is no padding, else the copy
inline std::span<const float> without_padding(const Scene& scene, std::span<const float> image,
                                              std::vector<float>& unpadded) {
  const ImageExtents padded = image_extents(scene);
  std::size_t pixels = 0;
  for (const ScenePanel& panel : scene.panels) {
    pixels +=
        static_cast<std::size_t>(panel.geometry.pixels_fast) * static_cast<std::size_t>(panel.geometry.pixels_slow);
  }
  require(image.size() == padded.pixels(), "number of pixels of the image", image.size(),
          "must be " + std::to_string(padded.pixels()));
  if (pixels == padded.pixels()) return image;
  unpadded.resize(pixels);
  auto to = unpadded.begin();
  for (std::size_t i = 0; i < scene.panels.size(); ++i) {
    const auto fast = static_cast<std::size_t>(scene.panels[i].geometry.pixels_fast);
    for (std::size_t slow = 0; slow < static_cast<std::size_t>(scene.panels[i].geometry.pixels_slow); ++slow) {
      const auto row = image.subspan((i * padded.slow + slow) * padded.fast, fast);
      to = std::copy(row.begin(), row.end(), to);
    }
  }
  return unpadded;
}

/// Returns the panels of an image that stand behind each other without padding.
/// \param detector  of the scene; its masks must outlive the result
/// \throws InvalidInput  the image has another size
inline std::vector<PanelImage> panel_images(const Scene& scene, const Detector& detector,
                                            std::span<const float> image) {
  std::vector<PanelImage> panels;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < scene.panels.size(); ++i) {
    const RenderedArea area = rendered_area(scene, mask_of(detector, i), i);
    require(image.size() - begin >= area.size(), "number of pixels of the image", image.size(),
            "must be that of all panels");
    panels.push_back({image.subspan(begin, area.size()), area});
    begin += area.size();
  }
  require(image.size() == begin, "number of pixels of the image", image.size(), "must be that of all panels");
  return panels;
}

/// Returns listed pixels as one row, in their order.
inline PanelImage listed_image(std::span<const float> pixels) {
  const int count = static_cast<int>(pixels.size());
  return {pixels, {count, 1, {0, count - 1, 0, 0}, {}}};
}

/// Puts listed pixels where they are on their panels. All others are 0.
/// \param listed  pixels of the selection of the scene
/// \return the panels behind each other without padding
inline std::vector<float> on_panels(const Scene& scene, std::span<const float> listed) {
  std::vector<std::size_t> begin{0};
  for (const ScenePanel& panel : scene.panels) {
    begin.push_back(begin.back() + static_cast<std::size_t>(panel.geometry.pixels_fast) *
                                       static_cast<std::size_t>(panel.geometry.pixels_slow));
  }
  std::vector<float> image(begin.back(), 0.0F);
  for (const PixelRun& run : scene.selection.runs) {
    const auto panel = static_cast<std::size_t>(run.panel);
    const auto width = static_cast<std::size_t>(scene.panels[panel].geometry.pixels_fast);
    const auto count = static_cast<std::size_t>(run.count);
    const std::size_t at =
        begin[panel] + static_cast<std::size_t>(run.slow) * width + static_cast<std::size_t>(run.first_fast);
    std::copy_n(listed.begin(), count, image.begin() + static_cast<std::ptrdiff_t>(at));
    listed = listed.subspan(count);
  }
  return image;
}

}  // namespace nbk::io
