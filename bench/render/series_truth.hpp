// SPDX-License-Identifier: MIT
#pragma once

#include "bench/render/computed_image.hpp"
#include "nbk/scene/spot_labels.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace nbk::bench::render {

/// The truth about one image for the line of the manifest. Its pixels are looked at in parts.
class ImageTruth {
 public:
  /// \param computed   must outlive this \param parts  number of parts
  /// \param threshold  photons from which on a pixel belongs to a spot
  ImageTruth(const ComputedImage& computed, std::size_t parts, double threshold)
      : m_computed(computed), m_threshold(threshold), m_parts(parts) {}

  /// Looks at the pixels of some rows. Different threads may do different parts.
  /// \param first, end  rows of the part
  void look_at(std::size_t part, std::size_t first, std::size_t end);

  /// Returns the members of the manifest's line: how the image was made, and its spots.
  std::string text() const;

 private:
  struct Part {
    double sum = 0;
    float most = 0;
    std::vector<scene::BrightPixel> pixels;
  };

  const ComputedImage& m_computed;
  double m_threshold;
  std::vector<Part> m_parts;
};

}  // namespace nbk::bench::render
