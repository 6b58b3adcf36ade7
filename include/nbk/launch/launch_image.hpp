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
  const auto effects = compat::find_order_effects(exec, factor, tables, choice.lookup, first_orientations);
  const std::int64_t stop = std::min(effects.stop.pixel, pixels), first = effects.first.pixel;
  // Pixels that come in order are left out: where photons are added, they would count twice.
  const auto sweep = [&](std::int64_t begin, std::int64_t end, const KernelChoice& of_range) {
    const std::int64_t gap = std::clamp(first, begin, std::max(begin, end));
    launch_pieces<Shape>(exec, tables, image, {begin, gap}, of_range, pieces);
    const std::int64_t behind = gap == first ? gap + 1 : gap;
    launch_pieces<Shape>(exec, tables, image, {behind, end}, of_range, pieces);
  };
  sweep(0, stop, choice);
  sweep(stop + 1, pixels, {CellLookup::nearest, choice.weighting});
  compat::compute_in_order(exec, factor, tables, image, effects);
}

/// Starts the kernels of one shape for the image of one panel.
/// \param tables  those of the plan, or a copy that was changed
/// \param rows    the panel's part of the image, all of which is 0 where pixels are not computed
template <LatticeFactor Shape, ExecSpace Exec, PrecisionLike PrecisionT>
void launch_panel(const Exec& exec, const Plan<PrecisionT, Exec>& plan, const Tables<PrecisionT>& tables,
                  const kernel::ImageRows& rows, const Pieces& pieces) {
  const KernelChoice choice{plan.lookup(), plan.weighting()};
  if (plan.depends_on_order()) {
    launch_in_order<Shape>(exec, tables, rows, choice, plan.first_orientations(), pieces);
  } else {
    launch_pieces<Shape>(exec, tables, rows, {0, pixel_count(tables.window)}, choice, pieces);
  }
}

/// Returns true if kernels write all pixels of an image.
template <PrecisionLike PrecisionT, ExecSpace Exec, class View>
bool writes_every_pixel(const Plan<PrecisionT, Exec>& plan, const View& image) {
  std::int64_t pixels = 0;
  for (const ScenePanel& panel : plan.scene().panels) pixels += panel.reached ? pixel_count(panel.window) : 0;
  return pixels == static_cast<std::int64_t>(image.size());
}

/// Same as Pieces for one panel of several.
inline Pieces after(const Pieces& pieces, std::int64_t done_before) {
  if (!pieces.next) return {};
  return {[&pieces, done_before](std::int64_t done) { return pieces.next(done_before + done); }};
}

/// Starts the kernels of one shape for the whole image, panel by panel.
/// \param tables_of  (panel): its tables, those of the plan or changed ones
template <LatticeFactor Shape, ExecSpace Exec, PrecisionLike PrecisionT, class View, class TablesOf>
void launch_image(const Exec& exec, const Plan<PrecisionT, Exec>& plan, const TablesOf& tables_of, const View& image,
                  const LaunchOptions& options) {
  using Pixel = typename View::value_type;
  if (options.use == ImageUse::replace && !writes_every_pixel(plan, image)) Kokkos::deep_copy(exec, image, Pixel(0));
  const std::size_t per_panel = image.extent(1) * image.extent(2);
  std::int64_t done = 0;
  for (std::size_t p = 0; p < plan.panel_count(); ++p) {
    if (!plan.scene().panels[p].reached) continue;
    const Tables<PrecisionT>& tables = tables_of(p);
    const auto rows = kernel::image_rows(image.data() + p * per_panel, image.extent_int(2), options.use);
    launch_panel<Shape>(exec, plan, tables, rows, after(options.pieces, done));
    done += pixel_count(tables.window);
  }
}

}  // namespace NBK_ISA
}  // namespace nbk::launch
