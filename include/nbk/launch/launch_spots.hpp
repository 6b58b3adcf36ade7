// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/spots.hpp"
#include "nbk/launch/tuning.hpp"
#include "nbk/physics/shape/lattice_factor.hpp"
#include "nbk/physics/structure_factor/lookup.hpp"
#include "nbk/simd/isa.hpp"

#include <Kokkos_Core.hpp>

namespace nbk::launch {
inline namespace NBK_ISA {

inline std::int64_t pixel_count(const PixelWindow& w) {
  return static_cast<std::int64_t>(w.fast_max - w.fast_min + 1) * (w.slow_max - w.slow_min + 1);
}

/// The kernel that computes the pixels of `range` in packs of `Width`, a segment of a row at a time.
template <class Shape, class Cell, class Weighting, int Width, class P>
kernel::SegmentKernel<Shape, Cell, Weighting, Width, P> segment_kernel(const Tables<P>& tables,
                                                                       const kernel::ImageRows& image,
                                                                       const kernel::PixelRange& range) {
  const bool lines = kernel::has_lines<Shape, Cell, P> && tables.rows_as_lines;
  const int pixels = lines ? line_segment_pixels : segment_pixels;
  const int row = tables.window.fast_max - tables.window.fast_min + 1;
  return {tables, image, range, pixels, (row + pixels - 1) / pixels};
}

/// Starts the kernel of one combination of types on the pixels of `range`.
template <LatticeFactor Shape, StructureFactorLookup Cell, class Weighting, ExecSpace Exec, PrecisionLike P>
void launch_spots(const Exec& exec, const Tables<P>& tables, const kernel::ImageRows& image,
                  const kernel::PixelRange& range) {
  if (range.end <= range.begin) return;
  if constexpr (is_host_space<Exec>) {
    const auto body = segment_kernel<Shape, Cell, Weighting, pack_width<P, Exec>>(tables, image, range);
    const int row = tables.window.fast_max - tables.window.fast_min + 1, segments = body.segments_per_row;
    const std::int64_t first_row = range.begin / row, last_row = (range.end - 1) / row;
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
