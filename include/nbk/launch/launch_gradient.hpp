// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/gradient_consumers.hpp"
#include "nbk/kernel/halo_gradient.hpp"
#include "nbk/launch/dispatch.hpp"
#include "nbk/launch/gradient_panels.hpp"
#include "nbk/launch/shape_choice.hpp"

#include <cstddef>
#include <string>
#include <type_traits>

namespace nbk::launch {
inline namespace NBK_ISA {

/// Stages of a shape and a lookup, called.
template <class Function, class Sums, class ShapeChoice, class PrecisionT, class Exec>
typename Function::Stages stages_of(ShapeChoice choice, const Plan<PrecisionT, Exec>& plan) {
  typename Function::Stages stages;
  with_differentiable_shape(choice, plan.shape(), [&](auto shape) {
    with_lookup(plan.lookup(), [&](auto lookup) {
      stages = Function::Stages::template of<decltype(shape), decltype(lookup), Sums>();
    });
  });
  return stages;
}

/// A call for derivatives: a plan, with what the kernels read besides.
template <class PrecisionT, class Exec, class ShapeChoice>
struct GradientWork {
  const Exec& exec;
  const Plan<PrecisionT, Exec>& plan;
  DerivativePlan<PrecisionT, Exec>& by;
  ShapeChoice shape;
  GradientPanels<PrecisionT> panels;
  DerivativeTables<PrecisionT> more;

  /// Brings the parameters up to date with the plan. \throws InvalidInput
  GradientWork(const Exec& exec_in, const Plan<PrecisionT, Exec>& plan_in, DerivativePlan<PrecisionT, Exec>& by_in,
               ShapeChoice shape_in)
      : exec(exec_in), plan(plan_in), by(by_in), shape(shape_in), panels(gradient_panels(plan_in)) {
    require_diffuse_of_choice(shape, plan.scene().diffuse.has_value());
    for (auto& tables : panels.tables) prepare_for(shape, tables);
    by.update(exec, plan);
    more = by.tables();
  }

  /// The coefficients of the parameters.
  const DerivativeCoefficients& coefficients() const { return by.coefficients(); }
};

/// Computes the sums of all pixels of a plan and gives them to a consumer. Returns when the work is done.
template <class Sums, class Exec, class PrecisionT, class ShapeChoice, class Consumer>
void launch_gradient(const GradientWork<PrecisionT, Exec, ShapeChoice>& work, const Consumer& consumer) {
  static_assert(is_host_space<Exec>, "nbk: for host spaces; devices have launch/gradient_by_pixel.hpp");
  constexpr int width = pack_width<PrecisionT, Exec>;
  using Body = kernel::GradientPieces<Sums, width, PrecisionT, Consumer>;
  const Body body{work.panels.tables.data(), work.more, stages_of<typename Body::Function, Sums>(work.shape, work.plan),
                  work.panels.pieces.data(), consumer};
  const Exec& exec = work.exec;
  const auto pieces = static_cast<std::int64_t>(work.panels.pieces.size());
  using Policy = Kokkos::RangePolicy<Exec, Kokkos::Schedule<Kokkos::Dynamic>, Kokkos::IndexType<std::int64_t>>;
  Kokkos::parallel_for("nbk::gradient", Policy(exec, 0, pieces, Kokkos::ChunkSize(1)), body);
  exec.fence("nbk::gradient");
}

/// Calls f with the set of sums that the parameters need.
/// \throws InvalidInput  a curved panel, where more than the crystal's parameters are asked for
template <class PrecisionT, class Exec, class ShapeChoice, class F>
void with_sums(const GradientWork<PrecisionT, Exec, ShapeChoice>& work, F&& f) {
  constexpr bool halos = std::is_same_v<ShapeChoice, PlanWithDiffuse>;
  static_assert(!halos || is_host_space<Exec>, "nbk: derivatives with PlanWithDiffuse are computed in host spaces");
  if constexpr (!halos) {
    if (!needs_all_sums(work.coefficients())) return f(kernel::CrystalSums{});
  }
  for (const Tables<PrecisionT>& tables : work.panels.tables) {
    require(!tables.panel.curved, "detector.curved", "true",
            "must be false for derivatives by others than the crystal's cell and orientation");
  }
  f(std::conditional_t<halos, kernel::HaloSums, kernel::AllSums>{});
}

/// The contraction as kernels read it.
inline kernel::Contraction contraction_of(const DerivativeCoefficients& parameters, const OwnedContraction& owned) {
  return {parameters.parameters(), owned.begins().data(), owned.sums().data(), owned.coefficients().data()};
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
