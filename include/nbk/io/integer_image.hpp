// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/image_statistics.hpp"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <cstdint>
#include <span>
#include <vector>

/// \file
/// An image of photons as the integers of a detector image or of a grey picture.

namespace nbk::io {

/// The scale of the integer image: as wanted, else the brightest pixel becomes 55000. \param wanted  <= 0: none
inline double integer_scale(double wanted, const ImageStatistics& statistics) {
  if (wanted > 0) return wanted;
  return statistics.max > 0 ? 55000.0 / static_cast<double>(statistics.max) : 1.0;
}

/// The scale of the grey picture: as wanted, else five standard deviations become 250. \param wanted  <= 0: none
inline double grey_scale(double wanted, double integer_image_scale, const ImageStatistics& statistics) {
  if (wanted > 0) return wanted;
  return statistics.rmsd > 0 ? 250.0 / (5.0 * statistics.rmsd) : integer_image_scale;
}

/// A scaled pixel plus the offset, clipped to 16 bits and rounded. The C program rounds to float before the floor.
inline std::uint16_t to_counts(double scaled, double offset) {
  const double counts = std::clamp(scaled + offset, 0.0, 65535.0);
  return static_cast<std::uint16_t>(std::floor(static_cast<float>(counts + 0.5)));
}

/// The image scaled to 16-bit counts, [slow][fast]; 0 outside the window. \throws InvalidInput  another size
inline std::vector<std::uint16_t> integer_image(std::span<const float> image, const RenderedArea& area, double scale,
                                                double offset) {
  require_image(image, area);
  std::vector<std::uint16_t> counts(area.size(), 0);
  std::vector<double> scaled(area.row_length());
  for (int slow = area.window.slow_min; slow <= area.window.slow_max; ++slow) {
    const std::size_t begin = area.row_begin(slow);
    for (std::size_t i = 0; i < scaled.size(); ++i) scaled[i] = static_cast<double>(image[begin + i]) * scale;
    // Products are rounded before the offset is added, which a compiler may not fuse across this.
    std::atomic_signal_fence(std::memory_order_seq_cst);
    for (std::size_t i = 0; i < scaled.size(); ++i) counts[begin + i] = to_counts(scaled[i], offset);
  }
  return counts;
}

/// The image scaled to bytes, [slow][fast]; 0 outside the window. \throws InvalidInput  another size
inline std::vector<std::uint8_t> grey_image(std::span<const float> image, const RenderedArea& area, double scale) {
  require_image(image, area);
  std::vector<std::uint8_t> grey(area.size(), 0);
  for (int slow = area.window.slow_min; slow <= area.window.slow_max; ++slow) {
    const std::size_t begin = area.row_begin(slow), end = begin + area.row_length();
    for (std::size_t i = begin; i < end; ++i) {
      grey[i] = static_cast<std::uint8_t>(std::clamp(static_cast<double>(image[i]) * scale, 0.0, 255.0));
    }
  }
  return grey;
}

}  // namespace nbk::io
