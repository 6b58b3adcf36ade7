// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/image_rows.hpp"
#include "nbk/kernel/row_functions.hpp"

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Computes one segment of a row per index, in packs of `Width` pixels along the fast axis: for host spaces only, hence
/// no KOKKOS_FUNCTION. One type for all kernels of a precision: what they differ in is called, a block of packs at a
/// time.
template <int Width, class PrecisionT>
struct SegmentKernel {
  Tables<PrecisionT> tables;
  ImageRows image;
  PixelRange range;
  RowFunctions<PrecisionT> functions;
  int segment_pixels = 0;  ///< pixels per segment
  int segments_per_row = 0;

  void operator()(std::int64_t index) const {
    const PixelWindow& window = tables.window;
    const int width = window.fast_max - window.fast_min + 1;
    const std::int64_t row = index / segments_per_row;
    const int slow = window.slow_min + static_cast<int>(row);
    const auto clip = [&](std::int64_t column) {  // columns of this row that are inside the range
      const std::int64_t low = range.begin - row * width, high = range.end - row * width;
      return static_cast<int>(column < low ? low : column > high ? high : column);
    };
    const std::int64_t column = (index % segments_per_row) * segment_pixels;
    const int begin = clip(column), end = clip(column + segment_pixels < width ? column + segment_pixels : width);
    const int fast = window.fast_min + begin;
    float* const to = image.data + slow * image.stride + fast;
    const std::uint8_t* const mask = tables.mask == nullptr ? nullptr : tables.mask + slow * image.stride + fast;
    if (functions.line != nullptr && tables.rows_as_lines) {
      const LineSamples<PrecisionT> samples(tables, slow);
      return compute_pixels<line_width<Width>>(end - begin, to, mask, [&](int first, int packs, float* out) {
        functions.line(tables, samples, fast + first, packs, out);
      });
    }
    compute_pixels<Width>(end - begin, to, mask, [&](int first, int packs, float* out) {
      functions.block(tables, {fast + first, slow}, packs, out);
    });
  }

 private:
  /// \param compute  (first pixel, packs, to)
  template <int PackWidth, class Compute>
  void compute_pixels(int count, float* to, const std::uint8_t* mask, const Compute& compute) const {
    int c = 0;
    if (mask == nullptr) {
      const int most = functions.most_packs * PackWidth;
      for (; c + PackWidth <= count; c += most)
        compute(c, count - c < most ? (count - c) / PackWidth : functions.most_packs, to + c);
      if (c > count) c = count / PackWidth * PackWidth;
    }
    for (; c < count; c += PackWidth) {
      const int wanted = count - c < PackWidth ? count - c : PackWidth;
      partial_pack<PackWidth>(c, wanted, to + c, mask == nullptr ? nullptr : mask + c, compute);
    }
  }

  /// A pack of which not all pixels are wanted.
  template <int PackWidth, class Compute>
  static void partial_pack(int first, int count, float* to, const std::uint8_t* mask, const Compute& compute) {
    const bool masked = mask != nullptr;
    if (masked && !any_set(mask, count)) {
      for (int i = 0; i < count; ++i) to[i] = 0.0F;
      return;
    }
    float lane[static_cast<std::size_t>(PackWidth)];
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
