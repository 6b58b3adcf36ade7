// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/spots.hpp"
#include "nbk/launch/tuning.hpp"
#include "nbk/physics/concepts.hpp"
#include "nbk/simd/isa.hpp"

#include <Kokkos_Core.hpp>

namespace nbk::launch {
inline namespace NBK_ISA {

inline std::int64_t pixel_count(const PixelWindow& w) {
  return static_cast<std::int64_t>(w.fast_max - w.fast_min + 1) * (w.slow_max - w.slow_min + 1);
}

/// Starts the kernel of one combination of types on the pixels of `range`.
template <LatticeFactor Shape, StructureFactorLookup Cell, class Weighting, ExecSpace Exec, PrecisionLike P>
void launch_spots(const Exec& exec, const Tables<P>& tables, const kernel::ImageRows& image,
                  const kernel::PixelRange& range) {
  if (range.end <= range.begin) return;
  if constexpr (is_host_space<Exec>) {
    constexpr int width = pack_width<P, Exec>;
    const int row = tables.window.fast_max - tables.window.fast_min + 1;
    const bool lines = kernel::has_lines<Shape, Cell, P> && tables.rows_as_lines;
    const int segment = lines ? line_segment_pixels : segment_pixels;
    const int segments = (row + segment - 1) / segment;
    const std::int64_t first_row = range.begin / row, last_row = (range.end - 1) / row;
    const kernel::SegmentKernel<Shape, Cell, Weighting, width, P> body{tables, image, range, segment, segments};
    using Policy = Kokkos::RangePolicy<Exec, Kokkos::Schedule<Kokkos::Dynamic>, Kokkos::IndexType<std::int64_t>>;
    Kokkos::parallel_for("nbk::spots", Policy(exec, first_row * segments, (last_row + 1) * segments), body);
  } else {
    const kernel::PixelKernel<Shape, Cell, Weighting, P> body{tables, image, range.begin};
    using Policy =
        Kokkos::RangePolicy<Exec, Kokkos::IndexType<std::int64_t>, Kokkos::LaunchBounds<block_threads<Exec>>>;
    Kokkos::parallel_for("nbk::spots", Policy(exec, 0, range.end - range.begin), body);
  }
}

}  // namespace NBK_ISA
}  // namespace nbk::launch
