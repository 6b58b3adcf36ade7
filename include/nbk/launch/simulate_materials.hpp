// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/list_kernel.hpp"
#include "nbk/kernel/material_terms.hpp"
#include "nbk/kernel/segment_kernel.hpp"
#include "nbk/launch/further_photons.hpp"
#include "nbk/launch/launch_spots.hpp"
#include "nbk/launch/tuning.hpp"
#include "nbk/plan/plan.hpp"

#include <Kokkos_Core.hpp>

#include <cstdint>

namespace nbk::launch {
inline namespace NBK_ISA {

/// Starts the kernel of materials for one panel.
template <ExecSpace Exec, PrecisionLike PrecisionT>
void launch_materials(const Exec& exec, const Tables<PrecisionT>& tables, const kernel::ImageRows& rows) {
  const std::int64_t pixels = kernel::pixel_count(tables.window);
  if constexpr (is_host_space<Exec>) {
    constexpr int width = pack_width<PrecisionT, Exec>;
    const int row = tables.window.fast_max - tables.window.fast_min + 1;
    const int segments = (row + segment_pixels - 1) / segment_pixels;
    const kernel::SegmentKernel<width, PrecisionT> body{
        tables, rows, {0, pixels}, kernel::MaterialRows<width, PrecisionT>::get(), segment_pixels, segments};
    start_segments(exec, "nbk::materials", body);
  } else {
    const std::int64_t count = tables.listed.places != nullptr ? tables.listed.count : pixels;
    const kernel::MaterialPixelKernel<PrecisionT> body{tables, rows};
    using Policy =
        Kokkos::RangePolicy<Exec, Kokkos::IndexType<std::int64_t>, Kokkos::LaunchBounds<block_threads<Exec>>>;
    Kokkos::parallel_for("nbk::materials", Policy(exec, 0, count), body);
  }
}

/// Starts the kernel of materials for all listed pixels.
template <ExecSpace Exec, PrecisionLike PrecisionT>
void launch_materials_on_lists(const Exec& exec, const PanelLists<PrecisionT>& lists, const kernel::ImageRows& list) {
  if constexpr (is_host_space<Exec>) {
    constexpr int width = pack_width<PrecisionT, Exec>;
    const kernel::ListKernel<width, PrecisionT> body{lists.panels, lists.pieces, lists.rows,
                                                     kernel::MaterialRows<width, PrecisionT>::get(), list};
    start_pieces(exec, "nbk::listed_materials", body, lists.piece_count);
  } else {
    for (int p = 0; p < lists.panel_count; ++p) {
      if (lists.panels[p].listed.count > 0) launch_materials(exec, lists.panels[p], list);
    }
  }
}

/// Adds what the materials of a plan scatter to an image whose extents have been checked.
template <ExecSpace Exec, PrecisionLike PrecisionT, class View>
void add_materials(const Exec& exec, const Plan<PrecisionT, Exec>& plan, const View& image) {
  if (plan.scene().materials.empty()) return;
  add_photons(
      plan, plan.materials(), image,
      [&](const auto& tables, const auto& rows) { launch_materials(exec, tables, rows); },
      [&](const auto& lists, const auto& list) { launch_materials_on_lists(exec, lists, list); });
}

}  // namespace NBK_ISA
}  // namespace nbk::launch

namespace nbk {
inline namespace NBK_ISA {

/// Computes what the materials of a plan scatter, and leaves the crystal out. simulate() computes both. Arguments,
/// errors and guarantees are those of simulate().
/// \param use  whether the photons replace those of the image or are added to them
template <class Exec, class PrecisionT, class Space, class View>
void simulate_materials(const Exec& exec, const Plan<PrecisionT, Space>& plan, const View& image,
                        ImageUse use = ImageUse::replace) {
  launch::compute_alone(exec, plan, image, use, [&] { launch::add_materials(exec, plan, image); });
}

}  // namespace NBK_ISA
}  // namespace nbk
