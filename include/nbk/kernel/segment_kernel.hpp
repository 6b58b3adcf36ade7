// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/row_functions.hpp"
#include "nbk/kernel/row_output.hpp"

#include <cstddef>
#include <cstdint>

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
    const RowOutput<Sum> to(image.from(slow * image.stride + fast),
                            tables.mask == nullptr ? nullptr : tables.mask + slow * tables.mask_stride + fast);
    const PixelPlace first{fast + tables.first_fast, slow + tables.first_slow};
    if (functions.line != nullptr && tables.rows_as_lines) {
      const LineSamples<PrecisionT> samples(tables, first.slow);
      return compute_pixels<line_width<Width>>(end - begin, to, [&](int pixel, int packs, Sum* photons) {
        functions.line(tables, samples, first.fast + pixel, packs, photons);
      });
    }
    compute_pixels<Width>(end - begin, to, [&](int pixel, int packs, Sum* photons) {
      functions.block(tables, {first.fast + pixel, first.slow}, packs, photons);
    });
  }

 private:
  using Sum = typename PrecisionT::Accumulate;

  /// \param compute  (first pixel, packs, to)
  template <int PackWidth, class Compute>
  void compute_pixels(int count, const RowOutput<Sum>& to, const Compute& compute) const {
    Sum photons[static_cast<std::size_t>(most_packs_per_block) * static_cast<std::size_t>(PackWidth)];
    Sum* const memory = to.memory();
    const int most = to.masked() ? PackWidth : functions.most_packs * PackWidth;
    int pixel = 0;
    for (; pixel + PackWidth <= count; pixel += most) {
      const int packs = count - pixel < most ? (count - pixel) / PackWidth : most / PackWidth;
      if (to.leaves_out(pixel, packs * PackWidth)) continue;
      compute(pixel, packs, memory != nullptr ? memory + pixel : static_cast<Sum*>(photons));
      if (memory == nullptr) to.put(photons, pixel, packs * PackWidth);
    }
    pixel = count / PackWidth * PackWidth;
    if (pixel == count || to.leaves_out(pixel, count - pixel)) return;
    compute(pixel, 1, static_cast<Sum*>(photons));  // a pack of which not all pixels are wanted
    to.put(photons, pixel, count - pixel);
  }
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
