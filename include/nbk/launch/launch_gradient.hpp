// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/gradient_consumers.hpp"
#include "nbk/kernel/halo_gradient.hpp"
#include "nbk/launch/dispatch.hpp"
#include "nbk/launch/gradient_panels.hpp"
#include "nbk/launch/gradient_spots.hpp"
#include "nbk/launch/shape_choice.hpp"
#include "nbk/launch/simulate_materials.hpp"

#include <cstddef>
#include <string>
#include <type_traits>

namespace nbk::launch {
inline namespace NBK_ISA {

/// Stages of the functions that compute sums of pixels.
template <class Sums, class PrecisionT, class Exec>
using GradientStages = typename kernel::GradientFunction<Sums, pack_width<PrecisionT, Exec>, PrecisionT>::Stages;

/// Returns the stages of a plan's shape and lookup, called.
/// \param uses_cells  derivatives by numbers of cells are wanted
template <class Sums, class ShapeChoice, class PrecisionT, class Exec>
GradientStages<Sums, PrecisionT, Exec> stages_of(ShapeChoice choice, const Plan<PrecisionT, Exec>& plan,
                                                 bool uses_cells) {
  using Stages = GradientStages<Sums, PrecisionT, Exec>;
  Stages stages;
  with_differentiable_shape(choice, plan.shape(), [&](auto shape) {
    with_lookup(plan.lookup(), [&](auto lookup) {
      using Shape = decltype(shape);
      using Lookup = decltype(lookup);
      stages = Stages::template of<Shape, Lookup, kernel::CrystalSums>();
      if constexpr (!std::is_same_v<Sums, kernel::CrystalSums>) {
        if (uses_cells) stages = Stages::template of<Shape, Lookup, Sums>();
      }
    });
  });
  return stages;
}

/// A call for derivatives: a plan, with what the kernels read besides.
template <class PrecisionT, class Exec, class ShapeChoice>
struct GradientWork {
  const Exec& exec;                                            ///< space that computes
  const Plan<PrecisionT, Exec>& plan;                          ///< of the image
  DerivativePlan<PrecisionT, Exec>& by;                        ///< of the parameters
  ShapeChoice shape;                                           ///< lattice shape
  GradientPanels<PrecisionT> panels;                           ///< tables of all panels
  DerivativeTables<PrecisionT> more;                           ///< further tables of kernels
  const typename PrecisionT::Accumulate* materials = nullptr;  ///< photons of the plan's materials by position

  /// Brings the parameters up to date with the plan. \throws InvalidInput
  GradientWork(const Exec& exec_in, const Plan<PrecisionT, Exec>& plan_in, DerivativePlan<PrecisionT, Exec>& by_in,
               ShapeChoice shape_in)
      : exec(exec_in), plan(plan_in), by(by_in), shape(shape_in), panels(gradient_panels(plan_in)) {
    require_diffuse_of_choice(shape, plan.scene().diffuse.has_value());
    for (auto& tables : panels.tables) prepare_for(shape, tables);
    by.update(exec, plan);
    more = by.tables();
    by.scratch().traversal = plan.tables().windows.used ? Traversal::windows : Traversal::pixels;
    if (!plan.scene().materials.empty()) compute_materials();
  }

  /// The coefficients of the parameters.
  const DerivativeCoefficients& coefficients() const { return by.coefficients(); }

 private:
  /// Computes the photons of the materials into memory of the parameters.
  void compute_materials() {
    using Photons = typename PrecisionT::Accumulate;
    using Unmanaged = Kokkos::MemoryTraits<Kokkos::Unmanaged>;
    auto& table = by.scratch().materials;
    table.resize(exec, "nbk::derivatives::materials", static_cast<std::size_t>(panels.positions));
    if (plan.scene().selection.runs.empty()) {
      const ImageExtents extents = image_extents(plan.scene());
      simulate_materials(exec, plan,
                         Kokkos::View<Photons***, Kokkos::LayoutRight, typename Exec::memory_space, Unmanaged>(
                             table.data(), extents.panels, extents.slow, extents.fast));
    } else {
      simulate_materials(exec, plan,
                         Kokkos::View<Photons*, Kokkos::LayoutRight, typename Exec::memory_space, Unmanaged>(
                             table.data(), static_cast<std::size_t>(panels.positions)));
    }
    exec.fence("nbk::derivatives::materials");
    materials = table.data();
  }
};

/// Computes the sums of all pixels of a plan and gives them to a consumer. Returns when the work is done.
template <class Sums, class Exec, class PrecisionT, class ShapeChoice, class Consumer>
void launch_gradient(const GradientWork<PrecisionT, Exec, ShapeChoice>& work, const Consumer& consumer) {
  static_assert(is_host_space<Exec>, "nbk: for host spaces; devices have launch/gradient_by_pixel.hpp");
  constexpr int width = pack_width<PrecisionT, Exec>;
  using Body = kernel::GradientPieces<Sums, width, PrecisionT, Consumer>;
  // The stages are of the spots, whose sums are the same beside those of halos.
  constexpr bool halos = std::is_same_v<Sums, kernel::HaloSums>;
  using OfSpots = std::conditional_t<halos, kernel::AllSums, Sums>;
  using ShapeOfSpots = std::conditional_t<halos, PlanShape, ShapeChoice>;
  Body body{
      work.panels.tables.data(), work.more,      stages_of<OfSpots>(ShapeOfSpots{}, work.plan, work.more.uses_cells),
      work.panels.pieces.data(), work.materials, consumer};
  const auto compute = [&](std::int64_t begin, std::int64_t end, const kernel::SpotsByTile* spots) {
    body.spots = spots;
    using Policy = Kokkos::RangePolicy<Exec, Kokkos::Schedule<Kokkos::Dynamic>, Kokkos::IndexType<std::int64_t>>;
    Kokkos::parallel_for("nbk::gradient", Policy(work.exec, begin, end, Kokkos::ChunkSize(1)), body);
    work.exec.fence("nbk::gradient");
  };
  auto& scratch = work.by.scratch();
  const bool may_list = std::is_same_v<ShapeChoice, PlanShape> && !halos;
  const bool listed = for_each_gradient_part(
      work.exec, work.plan, work.panels, may_list, scratch.most_list_bytes,
      [&](std::int64_t position) { return consumer.wants(position); }, compute);
  if (listed) scratch.traversal = Traversal::spots;
}

/// Calls f with the set of sums that the parameters need.
/// \throws InvalidInput  a curved panel, where more than the crystal's parameters are asked for
template <class PrecisionT, class Exec, class ShapeChoice, class F>
void with_sums(const GradientWork<PrecisionT, Exec, ShapeChoice>& work, F&& f) {
  constexpr bool halos = std::is_same_v<ShapeChoice, PlanWithDiffuse>;
  if constexpr (!halos) {
    if (work.coefficients().needs_crystal_alone()) return f(kernel::CrystalSums{});
  }
  for (const Tables<PrecisionT>& tables : work.panels.tables) {
    require(!tables.panel.curved, "detector.curved", "true",
            "must be false for derivatives by others than the crystal's cell and orientation");
  }
  f(std::conditional_t<halos, kernel::HaloSums, kernel::AllSums>{});
}

/// The contraction as kernels read it.
inline kernel::Contraction contraction_of(const DerivativeCoefficients& parameters, const OwnedContraction& owned) {
  return {parameters.parameters(),     owned.begins().data(), owned.places().data(),
          owned.coefficients().data(), owned.used().data(),   static_cast<int>(owned.used().size())};
}

/// Rejects a View of one number per pixel whose extents are others than those of the image, or that has gaps.
template <class View>
void require_pixels(const char* name, const View& view, std::int64_t wanted) {
  static_assert(Kokkos::is_view_v<View> && std::is_same_v<typename View::array_layout, Kokkos::LayoutRight>,
                "nbk: images are Kokkos::Views with Kokkos::LayoutRight");
  require(static_cast<std::int64_t>(view.size()) == wanted && view.span_is_contiguous(), name, view.size(),
          "must be " + std::to_string(wanted) + " numbers without gaps");
}

}  // namespace NBK_ISA
}  // namespace nbk::launch

#if defined(NBK_COMPILED_KERNELS)  // of the target nbk::kernels: what it has compiled already
#include <nbk/compiled_derivatives.hpp>
#endif
