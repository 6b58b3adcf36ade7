// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/scene/scene.hpp"
#include "nbk/simd/isa.hpp"

#include <Kokkos_Core.hpp>

#include <cstddef>
#include <cstdint>

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

/// Pixels of a window.
inline std::int64_t pixel_count(const PixelWindow& window) {
  return static_cast<std::int64_t>(window.fast_max - window.fast_min + 1) * (window.slow_max - window.slow_min + 1);
}

/// Row and column of a pixel on its panel.
struct PixelPlace {
  int fast = 0, slow = 0;

  /// Pixels from the beginning of an image or a mask whose rows are `stride` pixels apart.
  KOKKOS_INLINE_FUNCTION std::ptrdiff_t offset(std::ptrdiff_t stride) const {
    return static_cast<std::ptrdiff_t>(slow) * stride + fast;
  }
};

/// Finds a pixel by its index within a window, counted row by row.
KOKKOS_INLINE_FUNCTION PixelPlace place_in(const PixelWindow& window, std::int64_t index) {
  const int width = window.fast_max - window.fast_min + 1;
  return {window.fast_min + static_cast<int>(index % width), window.slow_min + static_cast<int>(index / width)};
}

}  // namespace NBK_ISA
}  // namespace nbk::kernel
