// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/compat/order_effects.hpp"
#include "nbk/launch/fill_with_zeros.hpp"
#include "nbk/launch/pieces.hpp"
#include "nbk/launch/spot_tiles.hpp"
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

/// Finds the pixels of a panel that depend on the order of evaluation in `compat`, and waits for the answer.
template <LatticeFactor Shape, ExecSpace Exec, PrecisionLike PrecisionT>
compat::OrderEffects<PrecisionT> find_order_effects(
    const Exec& exec, const Tables<PrecisionT>& tables, const KernelChoice& choice,
    const physics::CellAxes<typename PrecisionT::Geometry>* first_orientations) {
  return compat::find_order_effects(exec, ordered_factor<Shape, Exec, PrecisionT>(), tables, choice.lookup,
                                    first_orientations);
}

/// Starts computing those pixels again.
template <LatticeFactor Shape, ExecSpace Exec, PrecisionLike PrecisionT>
void compute_in_order(const Exec& exec, const Tables<PrecisionT>& tables, const kernel::ImageRows& image,
                      const compat::OrderEffects<PrecisionT>& effects) {
  compat::compute_in_order(exec, ordered_factor<Shape, Exec, PrecisionT>(), tables, image, effects);
}

/// Functions of a shape that start an image: pointers, so that the rest is compiled once for all shapes.
template <ExecSpace Exec, PrecisionLike PrecisionT>
struct ShapeLaunchers {
  decltype(&launch_shape<physics::Square, Exec, PrecisionT>) launch;
  decltype(&launch::find_order_effects<physics::Square, Exec, PrecisionT>) find_order_effects;
  decltype(&launch::compute_in_order<physics::Square, Exec, PrecisionT>) compute_in_order;
  decltype(&launch::spot_tile_function<physics::Square, Exec, PrecisionT>) spot_tile_function;
};

/// Returns those of a shape.
template <LatticeFactor Shape, ExecSpace Exec, PrecisionLike PrecisionT>
ShapeLaunchers<Exec, PrecisionT> launchers_of() {
  return {&launch_shape<Shape, Exec, PrecisionT>, &find_order_effects<Shape, Exec, PrecisionT>,
          &compute_in_order<Shape, Exec, PrecisionT>, &spot_tile_function<Shape, Exec, PrecisionT>};
}

/// Same as launch_pieces for the whole window of a plan with Plan::depends_on_order: the pixels that depend on the
/// order of evaluation are computed again in that order, and after the one where interpolation stops the rest of the
/// image goes without.
template <ExecSpace Exec, PrecisionLike PrecisionT>
void launch_in_order(const Exec& exec, const ShapeLaunchers<Exec, PrecisionT>& of_shape,
                     const Tables<PrecisionT>& tables, const kernel::ImageRows& image, const KernelChoice& choice,
                     const physics::CellAxes<typename PrecisionT::Geometry>* first_orientations, const Pieces& pieces) {
  const std::int64_t pixels = pixel_count(tables.window);
  const auto effects = of_shape.find_order_effects(exec, tables, choice, first_orientations);
  const std::int64_t stop = std::min(effects.stop.pixel, pixels), first = effects.first.pixel;
  // Pixels that come in order are left out: where photons are added, they would count twice.
  const auto sweep = [&](std::int64_t begin, std::int64_t end, const KernelChoice& of_range) {
    const std::int64_t gap = std::clamp(first, begin, std::max(begin, end));
    launch_pieces(exec, of_shape.launch, tables, image, {begin, gap}, of_range, pieces);
    const std::int64_t behind = gap == first ? gap + 1 : gap;
    launch_pieces(exec, of_shape.launch, tables, image, {behind, end}, of_range, pieces);
  };
  sweep(0, stop, choice);
  sweep(stop + 1, pixels, {CellLookup::nearest, choice.weighting});
  of_shape.compute_in_order(exec, tables, image, effects);
}

/// Starts the kernels for the image of one panel.
/// \param tables  those of the plan, or a copy that was changed
/// \param rows    the panel's part of the image, all of which is 0 where pixels are not computed
template <ExecSpace Exec, PrecisionLike PrecisionT>
void launch_panel(const Exec& exec, const Plan<PrecisionT, Exec>& plan,
                  const ShapeLaunchers<Exec, PrecisionT>& of_shape, const Tables<PrecisionT>& tables,
                  const kernel::ImageRows& rows, const Pieces& pieces) {
  const KernelChoice choice{plan.lookup(), plan.weighting()};
  if (plan.depends_on_order()) {
    launch_in_order(exec, of_shape, tables, rows, choice, plan.first_orientations(), pieces);
  } else {
    launch_pieces(exec, of_shape.launch, tables, rows, {0, pixel_count(tables.window)}, choice, pieces);
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

/// Computes the whole image by lists of spots, all panels together.
/// \param tables_of  (panel): its tables
/// \param rows_of    (panel): its part of the image, all of which is 0 where pixels are not computed
/// \param function   of spot_tile_function()
template <ExecSpace Exec, PrecisionLike PrecisionT, class TablesOf, class RowsOf>
void launch_spot_image(const Exec& exec, const Plan<PrecisionT, Exec>& plan,
                       const ShapeLaunchers<Exec, PrecisionT>& of_shape, const TablesOf& tables_of,
                       const RowsOf& rows_of, kernel::SpotTileFunction<PrecisionT> function,
                       const LaunchOptions& options) {
  const KernelChoice choice{plan.lookup(), plan.weighting()};
  std::vector<SpotPanel<PrecisionT>> panels(plan.panel_count());
  std::vector<compat::OrderEffects<PrecisionT>> effects(plan.panel_count());
  for (std::size_t p = 0; p < panels.size(); ++p) {
    if (!plan.scene().panels[p].reached) continue;
    panels[p] = {&tables_of(p), {rows_of(p), -1}};
    if (!plan.depends_on_order()) continue;
    effects[p] = of_shape.find_order_effects(exec, *panels[p].tables, choice, plan.first_orientations());
    if (effects[p].first.pixel != compat::no_pixel) panels[p].to.left_out = effects[p].first.pixel;
  }
  const SpotTiles<Exec, PrecisionT> tiles(exec, panels, function, options.most_list_bytes);
  std::vector<plan::SpotPatch> all;
  std::int64_t done = 0;
  for (std::size_t p = 0; p < panels.size(); ++p) {
    if (panels[p].tables == nullptr) continue;
    const PixelWindow& window = panels[p].tables->window;
    const std::int64_t pixels = pixel_count(window);
    if (!options.pieces.next) {
      all.push_back({p, window});
      continue;
    }
    for (std::int64_t begin = 0; begin < pixels;) {
      const std::int64_t end = std::min(pixels, begin + std::max<std::int64_t>(1, options.pieces.next(done)));
      tiles.compute(plan::patches_of_range(p, window, begin, end));
      done += end - begin;
      begin = end;
    }
  }
  tiles.compute(all);
  for (std::size_t p = 0; p < panels.size(); ++p) {
    if (panels[p].tables != nullptr) of_shape.compute_in_order(exec, *panels[p].tables, panels[p].to.image, effects[p]);
  }
}

/// Starts the kernels of one shape for all listed pixels of a plan.
template <LatticeFactor Shape, ExecSpace Exec, PrecisionLike PrecisionT>
void launch_list(const Exec& exec, const Plan<PrecisionT, Exec>& plan, const kernel::ImageRows& list,
                 const LaunchOptions& options) {
  const KernelChoice choice{plan.lookup(), plan.weighting()};
  if constexpr (has_spot_lists<Shape, Exec, PrecisionT>) {
    const auto function = spot_tile_function<Shape, Exec, PrecisionT>(choice);
    if (plan.tables().spots.used && function != nullptr)
      return launch_spots_on_lists(exec, plan.lists(), list, function, options.most_list_bytes);
  }
  launch_shape_on_lists<Shape>(exec, plan.lists(), list, choice);
}

/// Starts the kernels for the whole image, panel by panel.
/// \param tables_of  (panel): its tables, those of the plan or changed ones
template <ExecSpace Exec, PrecisionLike PrecisionT, class View, class TablesOf>
void launch_image(const Exec& exec, const Plan<PrecisionT, Exec>& plan,
                  const ShapeLaunchers<Exec, PrecisionT>& of_shape, const TablesOf& tables_of, const View& image,
                  const LaunchOptions& options) {
  const auto function = of_shape.spot_tile_function({plan.lookup(), plan.weighting()});
  const bool lists = function != nullptr && tables_of(0).spots.used;
  if (options.use == ImageUse::replace && (lists || !writes_every_pixel(plan, image))) fill_with_zeros(exec, image);
  const std::size_t per_panel = image.extent(1) * image.extent(2);
  const auto rows_of = [&](std::size_t p) {
    return kernel::image_rows(image.data() + p * per_panel, image.extent_int(2), options.use);
  };
  if constexpr (plan::may_list_spots<PrecisionT, Exec>(Traversal::spots)) {
    if (lists) return launch_spot_image(exec, plan, of_shape, tables_of, rows_of, function, options);
  }
  std::int64_t done = 0;
  for (std::size_t p = 0; p < plan.panel_count(); ++p) {
    if (!plan.scene().panels[p].reached) continue;
    const Tables<PrecisionT>& tables = tables_of(p);
    launch_panel(exec, plan, of_shape, tables, rows_of(p), after(options.pieces, done));
    done += pixel_count(tables.window);
  }
}

}  // namespace NBK_ISA
}  // namespace nbk::launch
