// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/line_block.hpp"
#include "nbk/kernel/pixel_block.hpp"
#include "nbk/simd/isa.hpp"

#include <Kokkos_Core.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace nbk::kernel {
inline namespace NBK_ISA {

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
    const int fast = w.fast_min + begin;
    float* const to = image.data + slow * image.stride + fast;
    const std::uint8_t* const mask = t.mask == nullptr ? nullptr : t.mask + slow * image.stride + fast;
    if constexpr (has_lines<Shape, Cell, P>) {
      if (t.rows_as_lines) {
        const LineSamples<P> samples(t, slow);
        return compute_pixels<line_width>(end - begin, to, mask, [&](int first, int packs, float* out) {
          Lines::compute(t, samples, fast + first, packs, StorePacks<line_width>{out});
        });
      }
    }
    compute_pixels<Width>(end - begin, to, mask, [&](int first, int packs, float* out) {
      Block::compute(t, fast + first, slow, packs, StorePacks<Width>{out});
    });
  }

 private:
  /// Where the registers hold them, long polynomials hide their own latency: then a short block, which stays close.
  static constexpr int packs_per_block =
      simd::register_count >= 32 && rounds_as_double<typename P::Lattice> && !Shape::compact ? 4 : 16;
  using Block = PixelBlock<Shape, Cell, Weighting, Width, packs_per_block, P>;
  /// Two registers for each value, so that two chains of operations run side by side: few are independent here.
  static constexpr int line_width = Width == 1 ? 1 : 2 * Width;
  /// In stages only where registers are too few for all that a pack needs on its way.
  static constexpr int packs_per_line_block = simd::register_count < 32 ? packs_per_block : 1;
  using Lines = LineBlock<Shape, Cell, Weighting, line_width, packs_per_line_block, P>;

  /// Not a lambda: nvcc takes one that is made here for host code, and warns where the physics of both sides calls it.
  template <int W>
  struct StorePacks {
    float* to;

    template <class A>
    KOKKOS_FORCEINLINE_FUNCTION void operator()(int i, const A& intensity) const {
      store_as_float(intensity, to + i * W);
    }
  };

  /// \param compute  (first pixel, packs, to): all physics is inlined into this one function
  template <int W, class Compute>
  static void compute_pixels(int count, float* to, const std::uint8_t* mask, const Compute& compute) {
    int c = 0;
    if (mask == nullptr) {
      constexpr int most = packs_per_block * W;
      for (; c + W <= count; c += most) compute(c, count - c < most ? (count - c) / W : packs_per_block, to + c);
      if (c > count) c = count / W * W;
    }
    for (; c < count; c += W)
      partial_pack<W>(c, count - c < W ? count - c : W, to + c, mask == nullptr ? nullptr : mask + c, compute);
  }

  /// A pack of which not all pixels are wanted.
  template <int W, class Compute>
  static void partial_pack(int first, int count, float* to, const std::uint8_t* mask, const Compute& compute) {
    const bool masked = mask != nullptr;
    if (masked && !any_set(mask, count)) {
      for (int i = 0; i < count; ++i) to[i] = 0.0F;
      return;
    }
    float lane[static_cast<std::size_t>(W)];
    compute(first, 1, static_cast<float*>(lane));
    for (int i = 0; i < count; ++i) to[i] = !masked || mask[i] != 0 ? lane[i] : 0.0F;
  }

  static bool any_set(const std::uint8_t* mask, int count) {
    for (int i = 0; i < count; ++i) {
      if (mask[i] != 0) return true;
    }
    return false;
  }
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
