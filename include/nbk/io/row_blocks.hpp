// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/file.hpp"
#include "nbk/io/rendered_area.hpp"

#include <algorithm>
#include <span>
#include <vector>

namespace nbk::io {

/// Writes an image that is made while it is written, a few rows at a time: a buffer that stays in the cache takes the
/// place of a second image.
/// \param make_row  called with (slow, pixels of that row inside the window); what is outside the window is 0
template <class Pixel, class MakeRow>
void write_rows(AtomicFile& out, const RenderedArea& area, const MakeRow& make_row) {
  const auto width = static_cast<std::size_t>(area.pixels_fast);
  const int rows = std::max(1, static_cast<int>((std::size_t{1} << 18) / (width * sizeof(Pixel))));
  std::vector<Pixel> block;
  for (int first = 0; first < area.pixels_slow; first += rows) {
    const int end = std::min(first + rows, area.pixels_slow);
    block.assign(width * static_cast<std::size_t>(end - first), Pixel{});
    for (int slow = std::max(first, area.window.slow_min); slow < end && slow <= area.window.slow_max; ++slow) {
      const std::size_t begin =
          width * static_cast<std::size_t>(slow - first) + static_cast<std::size_t>(area.window.fast_min);
      make_row(slow, std::span(block).subspan(begin, area.row_length()));
    }
    out.write(block.data(), block.size() * sizeof(Pixel));
  }
}

}  // namespace nbk::io
