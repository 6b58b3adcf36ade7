// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/exit_ray.hpp"

/// \file
/// The order in which threads of a device take pixels: 32 neighbours compute a tile. Pixels close to each other see the
/// same spots, so that most threads of a warp leave early together, or not at all.

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Threads side by side in a tile, along a row and across.
inline constexpr int tile_lanes_fast = 8, tile_lanes_slow = 4;

/// A rectangle of pixels, cut into tiles. All numbers are int: a rectangle has less than 2^31 pixels.
/// \tparam Pixels  of a thread, tile_lanes_fast apart in one row
template <int Pixels>
struct PixelTiles {
  PixelWindow window;   ///< the rectangle
  unsigned across = 1;  ///< tiles side by side

  /// Cuts a rectangle.
  explicit PixelTiles(const PixelWindow& rectangle)
      : window(rectangle), across(pieces(rectangle.fast_max - rectangle.fast_min + 1, tile_lanes_fast * Pixels)) {}

  /// Threads that compute the rectangle.
  int threads() const {
    const unsigned down = pieces(window.slow_max - window.slow_min + 1, tile_lanes_slow);
    return static_cast<int>(across * down * lanes);
  }

  /// The first pixel of a thread; it may be outside of the rectangle.
  KOKKOS_FORCEINLINE_FUNCTION PixelPlace first_of(int thread) const {
    const unsigned number = static_cast<unsigned>(thread), tile = number / lanes, lane = number % lanes;
    const unsigned row = tile / across, column = tile - row * across;
    return {window.fast_min + static_cast<int>(column * (tile_lanes_fast * Pixels) + lane % tile_lanes_fast),
            window.slow_min + static_cast<int>(row * tile_lanes_slow + lane / tile_lanes_fast)};
  }

 private:
  static constexpr unsigned lanes = tile_lanes_fast * tile_lanes_slow;

  static constexpr unsigned pieces(int pixels, int size) { return static_cast<unsigned>((pixels + size - 1) / size); }
};

/// The pixels of a thread, for PixelBlock.
template <class Number>
class PlacesOfThread {
 public:
  /// \param first  the first pixel, in numbers of the panel's plane
  KOKKOS_FORCEINLINE_FUNCTION explicit PlacesOfThread(const PixelPlace& first) : m_first(first) {}

  /// Goes to another sub-pixel.
  template <class PrecisionT>
  KOKKOS_FORCEINLINE_FUNCTION void place(const Tables<PrecisionT>& tables, const Subpixel& sub) {
    m_row = row_start(tables, m_first.slow, sub);
  }

  /// The ray to a pixel.
  template <class PrecisionT>
  KOKKOS_FORCEINLINE_FUNCTION ExitRay<Number> ray(const Tables<PrecisionT>& tables, const Subpixel& sub,
                                                  int pixel) const {
    return exit_ray_in_row(tables, static_cast<Number>(m_first.fast + pixel * tile_lanes_fast), m_row, sub);
  }

  /// Nothing: no pixel is left out before it is looked at.
  template <class TermsT, class PrecisionT>
  KOKKOS_FORCEINLINE_FUNCTION void show(TermsT&, const Tables<PrecisionT>&, const Subpixel&, int,
                                        const Vec3<Number>*) const {}

 private:
  PixelPlace m_first;
  Vec3<Number> m_row;
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
