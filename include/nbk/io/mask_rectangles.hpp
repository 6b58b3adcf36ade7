// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/rendered_area.hpp"

#include <cstddef>
#include <utility>
#include <vector>

namespace nbk::io {

/// Pixels of a panel that are left out, as a rectangle. The ends are not part of it.
struct MaskRectangle {
  int fast_begin = 0;  ///< first column
  int slow_begin = 0;  ///< first row
  int fast_end = 0;    ///< column after the last one
  int slow_end = 0;    ///< row after the last one

  /// True where all members are the same.
  friend bool operator==(const MaskRectangle&, const MaskRectangle&) = default;
};

namespace detail {

/// Returns true if a pixel was computed.
inline bool is_computed(const RenderedArea& area, int fast, int slow) {
  const PixelWindow& window = area.window;
  if (fast < window.fast_min || fast > window.fast_max || slow < window.slow_min || slow > window.slow_max)
    return false;
  return area.mask.empty() || area.mask[area.index(fast, slow)] != 0;
}

/// Returns the columns [begin, end) of a row that were not computed.
inline std::vector<std::pair<int, int>> masked_runs(const RenderedArea& area, int slow) {
  std::vector<std::pair<int, int>> runs;
  for (int fast = 0; fast < area.pixels_fast; ++fast) {
    if (is_computed(area, fast, slow)) continue;
    if (runs.empty() || runs.back().second != fast) runs.emplace_back(fast, fast);
    runs.back().second = fast + 1;
  }
  return runs;
}

}  // namespace detail

/// Returns the pixels of a panel that were not computed as rectangles, which do not overlap. Rows with the same columns
/// are one rectangle.
inline std::vector<MaskRectangle> masked_rectangles(const RenderedArea& area) {
  std::vector<MaskRectangle> rectangles;
  std::vector<std::size_t> open;  // rectangles that end with the row before, by their columns
  for (int slow = 0; slow < area.pixels_slow; ++slow) {
    std::vector<std::size_t> still_open;
    std::size_t next = 0;
    for (const auto& [begin, end] : detail::masked_runs(area, slow)) {
      while (next < open.size() && rectangles[open[next]].fast_begin < begin) ++next;
      const bool goes_on =
          next < open.size() && rectangles[open[next]].fast_begin == begin && rectangles[open[next]].fast_end == end;
      if (goes_on) {
        still_open.push_back(open[next]);
      } else {
        still_open.push_back(rectangles.size());
        rectangles.push_back({begin, slow, end, slow});
      }
      rectangles[still_open.back()].slow_end = slow + 1;
    }
    open = std::move(still_open);
  }
  return rectangles;
}

}  // namespace nbk::io
