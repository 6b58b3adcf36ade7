// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/host_tasks.hpp"
#include "nbk/kernel/list_kernel.hpp"
#include "nbk/kernel/pixel_kernel.hpp"
#include "nbk/kernel/segment_kernel.hpp"
#include "nbk/launch/tuning.hpp"
#include "nbk/plan/spot_patch.hpp"

#include <Kokkos_Core.hpp>

namespace nbk::launch {
inline namespace NBK_ISA {

using kernel::pixel_count;

/// The kernel that computes the pixels of `range` in packs of `Width`, a segment of a row at a time.
template <Scatterer ScattererT, kernel::Weighting WeightingT, int Width, PrecisionLike PrecisionT>
kernel::SegmentKernel<Width, PrecisionT> segment_kernel(const Tables<PrecisionT>& tables,
                                                        const kernel::ImageRows& image,
                                                        const kernel::PixelRange& range) {
  const auto functions = kernel::RowFunctionsOf<ScattererT, WeightingT, Width, PrecisionT>::get();
  const bool lines = functions.line != nullptr && tables.rows_as_lines;
  const int pixels = lines ? line_segment_pixels : segment_pixels;
  const int row = tables.window.fast_max - tables.window.fast_min + 1;
  return {tables, image, range, functions, pixels, (row + pixels - 1) / pixels};
}

/// Starts a kernel for hosts. Not inlined, because one is enough for all combinations of types.
template <ExecSpace Exec, int Width, PrecisionLike PrecisionT>
[[gnu::noinline]] void start_segments(const Exec& exec, const char* label,
                                      const kernel::SegmentKernel<Width, PrecisionT>& body) {
  const kernel::PixelRange& range = body.range;
  const PixelWindow& window = body.tables.window;
  const int row = window.fast_max - window.fast_min + 1, segments = body.segments_per_row;
  const std::int64_t first_row = range.begin / row, last_row = (range.end - 1) / row;
  kernel::start_on_host(exec, label, {first_row * segments, (last_row + 1) * segments}, kernel::HostTask(body));
}

/// Starts the kernel of listed pixels, for hosts.
template <ExecSpace Exec, int Width, PrecisionLike PrecisionT>
[[gnu::noinline]] void start_pieces(const Exec& exec, const char* label,
                                    const kernel::ListKernel<Width, PrecisionT>& body, std::int64_t pieces) {
  kernel::start_on_host(exec, label, {0, pieces}, kernel::HostTask(body));
}

/// Starts a kernel for devices.
template <ExecSpace Exec, class Kernel>
void start_threads(const Exec& exec, const Kernel& body) {
  // Short indices: those of 64 bits take several instructions each.
  using Policy = Kokkos::RangePolicy<Exec, Kokkos::IndexType<int>, Kokkos::LaunchBounds<block_threads<Exec>>>;
  Kokkos::parallel_for("nbk::spots", Policy(exec, 0, body.threads()), body);
}

/// The kernel of a device.
template <Scatterer ScattererT, kernel::Weighting WeightingT, ExecSpace Exec, PrecisionLike PrecisionT>
using PixelKernelOf =
    kernel::PixelKernel<ScattererT, WeightingT, PrecisionT,
                        shares_pixels<Exec> ? kernel::pixels_of_thread<ScattererT, WeightingT, PrecisionT> : 1>;

/// Starts the kernel of one combination of types on the pixels of `range`.
template <Scatterer ScattererT, kernel::Weighting WeightingT, ExecSpace Exec, PrecisionLike PrecisionT>
void launch_spots(const Exec& exec, const Tables<PrecisionT>& tables, const kernel::ImageRows& image,
                  const kernel::PixelRange& range) {
  if (range.end <= range.begin) return;
  if constexpr (is_host_space<Exec>) {
    constexpr int width = pack_width<PrecisionT, Exec>;
    start_segments(exec, "nbk::spots", segment_kernel<ScattererT, WeightingT, width>(tables, image, range));
  } else {
    for (const plan::SpotPatch& part : plan::patches_of_range(0, tables.window, range.begin, range.end))
      start_threads(exec, PixelKernelOf<ScattererT, WeightingT, Exec, PrecisionT>(tables, image, part.window));
  }
}

/// Starts the kernel of one combination of types on all listed pixels.
template <Scatterer ScattererT, kernel::Weighting WeightingT, ExecSpace Exec, PrecisionLike PrecisionT>
void launch_lists(const Exec& exec, const PanelLists<PrecisionT>& lists, const kernel::ImageRows& list) {
  if constexpr (is_host_space<Exec>) {
    constexpr int width = pack_width<PrecisionT, Exec>;
    const auto functions = kernel::RowFunctionsOf<ScattererT, WeightingT, width, PrecisionT>::get();
    start_pieces(exec, "nbk::listed_spots",
                 kernel::ListKernel<width, PrecisionT>{lists.panels, lists.pieces, lists.rows, functions, list},
                 lists.piece_count);
  } else {
    for (int p = 0; p < lists.panel_count; ++p) {
      const Tables<PrecisionT>& tables = lists.panels[p];
      start_threads(exec, PixelKernelOf<ScattererT, WeightingT, Exec, PrecisionT>(tables, list, tables.window));
    }
  }
}

}  // namespace NBK_ISA
}  // namespace nbk::launch
