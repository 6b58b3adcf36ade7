// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/compat/order_effects.hpp"
#include "nbk/launch/pieces.hpp"
#include "nbk/plan/plan.hpp"

#include <algorithm>

namespace nbk::launch {
inline namespace NBK_ISA {

/// The lattice factor for pixels that depend on order: called on a host, inlined on a device.
template <LatticeFactor Shape, ExecSpace Exec, PrecisionLike PrecisionT>
auto ordered_factor() {
  using Lattice = typename PrecisionT::Lattice;
  if constexpr (is_host_space<Exec>) {
    return compat::CalledFactor<Lattice>{[](const physics::LatticeParameters<Lattice>& parameters,
                                            const Vec3<Lattice>& rest) { return Shape::intensity(parameters, rest); }};
  } else {
    return compat::ShapeFactor<Shape>{};
  }
}

/// Same as launch_pieces for the whole window of a plan with Plan::depends_on_order: the pixels that depend on the
/// order of evaluation are computed again in that order, and after the one where interpolation stops the rest of the
/// image goes without.
template <LatticeFactor Shape, ExecSpace Exec, PrecisionLike PrecisionT>
void launch_in_order(const Exec& exec, const Tables<PrecisionT>& tables, const kernel::ImageRows& image,
                     const KernelChoice& choice,
                     const physics::CellAxes<typename PrecisionT::Geometry>* first_orientations, const Pieces& pieces) {
  const std::int64_t pixels = pixel_count(tables.window);
  const auto factor = ordered_factor<Shape, Exec, PrecisionT>();
  const auto effects =
      compat::find_order_effects(exec, factor, tables, image.stride, choice.lookup, first_orientations);
  const std::int64_t stop = std::min(effects.stop.pixel, pixels);
  launch_pieces<Shape>(exec, tables, image, {0, stop}, choice, pieces);
  launch_pieces<Shape>(exec, tables, image, {stop + 1, pixels}, {CellLookup::nearest, choice.weighting}, pieces);
  compat::compute_in_order(exec, factor, tables, image, effects);
}

/// Starts the kernels of one shape for the whole image.
/// \param tables  those of the plan, or a copy that was changed
template <LatticeFactor Shape, ExecSpace Exec, PrecisionLike PrecisionT, class View>
void launch_image(const Exec& exec, const Plan<PrecisionT, Exec>& plan, const Tables<PrecisionT>& tables,
                  const View& image, const Pieces& pieces) {
  const PanelGeometry& panel = plan.scene().panels.front().geometry;
  const std::int64_t pixels = pixel_count(tables.window);
  if (pixels != static_cast<std::int64_t>(panel.pixels_fast) * panel.pixels_slow) Kokkos::deep_copy(exec, image, 0.0f);
  const kernel::ImageRows rows{image.data(), panel.pixels_fast};
  const KernelChoice choice{plan.lookup(), plan.weighting()};
  if (plan.depends_on_order()) {
    launch_in_order<Shape>(exec, tables, rows, choice, plan.first_orientations(), pieces);
  } else {
    launch_pieces<Shape>(exec, tables, rows, {0, pixels}, choice, pieces);
  }
}

}  // namespace NBK_ISA
}  // namespace nbk::launch
