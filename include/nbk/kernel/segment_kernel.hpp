// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/block_sizes.hpp"
#include "nbk/kernel/image_rows.hpp"
#include "nbk/kernel/line_block.hpp"
#include "nbk/kernel/pixel_block.hpp"

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Computes one segment of a row per index, in packs of `Width` pixels along the fast axis: for host spaces only, hence
/// no KOKKOS_FUNCTION.
template <Scatterer ScattererT, Weighting WeightingT, int Width, class PrecisionT>
struct SegmentKernel {
  Tables<PrecisionT> tables;
  ImageRows image;
  PixelRange range;
  int segment_pixels = 0;  ///< pixels per segment
  int segments_per_row = 0;

  void operator()(std::int64_t index) const {
    // A copy of its own, which the stores below cannot change: its values stay in registers.
    const Tables<PrecisionT> own = tables;
    const PixelWindow& window = own.window;
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
    const std::uint8_t* const mask = own.mask == nullptr ? nullptr : own.mask + slow * image.stride + fast;
    if constexpr (has_lines<ScattererT, PrecisionT>) {
      if (own.rows_as_lines) {
        const LineSamples<PrecisionT> samples(own, slow);
        return compute_pixels<line_width<Width>>(end - begin, to, mask, [&](int first, int packs, float* out) {
          Lines::compute(own, samples, fast + first, packs, StorePacks<line_width<Width>>{out});
        });
      }
    }
    compute_pixels<Width>(end - begin, to, mask, [&](int first, int packs, float* out) {
      Block::compute(own, fast + first, slow, packs, StorePacks<Width>{out});
    });
  }

 private:
  static constexpr int most_packs = packs_per_block<ScattererT, PrecisionT>;
  using Block = PixelBlock<ScattererT, WeightingT, Width, most_packs, PrecisionT>;
  using Lines =
      LineBlock<ScattererT, WeightingT, line_width<Width>, packs_per_line_block<ScattererT, PrecisionT>, PrecisionT>;

  /// Not a lambda: nvcc takes one that is made here for host code, and warns where the physics of both sides calls it.
  template <int PackWidth>
  struct StorePacks {
    float* to;

    template <class Sum>
    KOKKOS_FORCEINLINE_FUNCTION void operator()(int i, const Sum& photons) const {
      store_as_float(photons, to + i * PackWidth);
    }
  };

  /// \param compute  (first pixel, packs, to): all physics is inlined into this one function
  template <int PackWidth, class Compute>
  static void compute_pixels(int count, float* to, const std::uint8_t* mask, const Compute& compute) {
    int c = 0;
    if (mask == nullptr) {
      constexpr int most = most_packs * PackWidth;
      for (; c + PackWidth <= count; c += most)
        compute(c, count - c < most ? (count - c) / PackWidth : most_packs, to + c);
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
