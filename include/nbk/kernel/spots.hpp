// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/pixel.hpp"

#include <Kokkos_Core.hpp>

#include <cstdint>

namespace nbk::kernel {

/// The image as kernels see it: [slow][fast] of one panel.
struct ImageRows {
  float* data = nullptr;
  std::ptrdiff_t stride = 0;  ///< pixels from one row to the next
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
      PixelBlock<Shape, Cell, Weighting, 1, 1, P>::compute(
          tables, fast, slow, 1, [&](int, auto intensity) { value = static_cast<float>(intensity); });
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
  int segment_pixels = 0;  ///< pixels per segment
  int segments_per_row = 0;

  void operator()(std::int64_t index) const {
    const Tables<P> t =
        tables;  // a copy of its own, which the stores below cannot change: its values stay in registers
    const PixelWindow& w = t.window;
    const int width = w.fast_max - w.fast_min + 1;
    const std::int64_t row = index / segments_per_row;
    const int slow = w.slow_min + static_cast<int>(row);
    const auto clip = [&](std::int64_t column) {  // columns of this row that are inside the range
      const std::int64_t low = range.begin - row * width, high = range.end - row * width;
      return static_cast<int>(column < low ? low : column > high ? high : column);
    };
    const std::int64_t column = (index % segments_per_row) * segment_pixels;
    const int begin = clip(column), end = clip(column + segment_pixels < width ? column + segment_pixels : width);
    float* const to = image.data + slow * image.stride + w.fast_min;
    const std::uint8_t* const mask = t.mask == nullptr ? nullptr : t.mask + slow * image.stride + w.fast_min;
    int c = begin;
    if (mask == nullptr) {
      const int packs = (end - begin) / Width;
      whole_packs(t, w.fast_min + begin, slow, packs, to + begin);
      c += packs * Width;
    }
    for (; c < end; c += Width)
      partial_pack(t, w.fast_min + c, slow, end - c < Width ? end - c : Width, to + c,
                   mask == nullptr ? nullptr : mask + c);
  }

 private:
  static constexpr int packs_per_block = Shape::compact && Width >= 16 ? 16 : 8;
  using Block = PixelBlock<Shape, Cell, Weighting, Width, packs_per_block, P>;

  /// The one place of a kernel that all its physics is inlined into.
  static void compute(const Tables<P>& t, int fast, int slow, int packs, float* to) {
    Block::compute(t, fast, slow, packs,
                   [&](int i, const auto& intensity) { store_as_float(intensity, to + i * Width); });
  }

  static void whole_packs(const Tables<P>& t, int fast, int slow, int packs, float* to) {
    for (int i = 0; i < packs; i += packs_per_block) {
      const int count = packs - i < packs_per_block ? packs - i : packs_per_block;
      compute(t, fast + i * Width, slow, count, to + i * Width);
    }
  }

  /// A pack of which not all pixels are wanted.
  static void partial_pack(const Tables<P>& t, int fast, int slow, int count, float* to, const std::uint8_t* mask) {
    const bool masked = mask != nullptr;
    if (masked && !any_set(mask, count)) {
      for (int i = 0; i < count; ++i) to[i] = 0.0F;
      return;
    }
    float lane[Width];
    compute(t, fast, slow, 1, static_cast<float*>(lane));
    for (int i = 0; i < count; ++i) to[i] = !masked || mask[i] != 0 ? lane[i] : 0.0F;
  }

  static bool any_set(const std::uint8_t* mask, int count) {
    for (int i = 0; i < count; ++i) {
      if (mask[i] != 0) return true;
    }
    return false;
  }
};

}  // namespace nbk::kernel
