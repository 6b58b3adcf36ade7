// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/pixel.hpp"

#include <Kokkos_Core.hpp>

#include <cstdint>

namespace nbk::kernel {

/// The image as kernels see it: [slow][fast] of one panel.
struct ImageRows {
  float* data = nullptr;
  std::ptrdiff_t stride = 0;   ///< pixels from one row to the next
};

/// Pixels [begin, end) of a PixelWindow, counted row by row within the window.
struct PixelRange {
  std::int64_t begin = 0, end = 0;
};

/// One pixel per index: for devices.
template <class Shape, class Cell, class Weighting, class P>
struct PixelKernel {
  Tables<P> tables;
  ImageRows image;
  std::int64_t first = 0;

  KOKKOS_INLINE_FUNCTION void operator()(std::int64_t index) const {
    const PixelWindow& w = tables.window;
    const int width = w.fast_max - w.fast_min + 1;
    const std::int64_t pixel = first + index;
    const int slow = w.slow_min + static_cast<int>(pixel / width);
    const int fast = w.fast_min + static_cast<int>(pixel % width);
    float value = 0;
    if (tables.mask == nullptr || tables.mask[pixel_index(fast, slow)] != 0) {
      value = static_cast<float>(pixel_intensity<Shape, Cell, Weighting, 1>(tables, fast, slow));
    }
    image.data[slow * image.stride + fast] = value;
  }

  KOKKOS_INLINE_FUNCTION std::ptrdiff_t pixel_index(int fast, int slow) const {
    return static_cast<std::ptrdiff_t>(slow) * image.stride + fast;
  }
};

/// One row segment per index, in packs of `Width` pixels along the fast axis: for host spaces only, hence no
/// KOKKOS_FUNCTION.
template <class Shape, class Cell, class Weighting, int Width, class P>
struct SegmentKernel {
  Tables<P> tables;
  ImageRows image;
  PixelRange range;
  int segment_pixels = 0;      ///< pixels per segment
  int segments_per_row = 0;

  void operator()(std::int64_t index) const {
    const PixelWindow& w = tables.window;
    const int width = w.fast_max - w.fast_min + 1;
    const std::int64_t row = index / segments_per_row;
    const int slow = w.slow_min + static_cast<int>(row);
    const auto clip = [&](std::int64_t column) {   // columns of this row that are inside the range
      const std::int64_t low = range.begin - row * width, high = range.end - row * width;
      return static_cast<int>(column < low ? low : column > high ? high : column);
    };
    const std::int64_t column = (index % segments_per_row) * segment_pixels;
    const int begin = clip(column), end = clip(column + segment_pixels < width ? column + segment_pixels : width);
    for (int c = begin; c < end; c += Width) {
      const int count = end - c < Width ? end - c : Width;
      pack(w.fast_min + c, slow, count);
    }
  }

private:
  void pack(int fast, int slow, int count) const {
    float* to = image.data + slow * image.stride + fast;
    const std::uint8_t* mask = tables.mask == nullptr ? nullptr : tables.mask + slow * image.stride + fast;
    if (mask != nullptr && !any_set(mask, count)) {
      for (int i = 0; i < count; ++i) to[i] = 0.0f;
      return;
    }
    const auto value = pixel_intensity<Shape, Cell, Weighting, Width>(tables, fast, slow);
    if (count == Width && mask == nullptr) {
      store_as_float(value, to);
      return;
    }
    float lane[Width];
    store_as_float(value, static_cast<float*>(lane));
    for (int i = 0; i < count; ++i) to[i] = mask == nullptr || mask[i] != 0 ? lane[i] : 0.0f;
  }

  static bool any_set(const std::uint8_t* mask, int count) {
    for (int i = 0; i < count; ++i) {
      if (mask[i] != 0) return true;
    }
    return false;
  }
};

}  // namespace nbk::kernel
