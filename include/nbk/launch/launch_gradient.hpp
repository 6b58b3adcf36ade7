// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/gradient_consumers.hpp"
#include "nbk/launch/dispatch.hpp"
#include "nbk/launch/gradient_work.hpp"
#include "nbk/physics/shape/gauss_slopes.hpp"
#include "nbk/physics/shape/round_slopes.hpp"

#include <cstddef>
#include <string>

namespace nbk::launch {
inline namespace NBK_ISA {

/// Calls f with the type of a shape that has derivatives.
/// \throws InvalidInput  for the others
template <class F>
void with_differentiable_shape(LatticeShape shape, F&& f) {
  with_shape(shape, [&](auto type) {
    using Shape = decltype(type);
    if constexpr (DifferentiableShape<Shape>) {
      f(type);
    } else {
      reject(
          "crystal.shape", shape.name(),
          "must be another for derivatives: the factor of this one is constant inside of a spot and jumps at its edge");
    }
  });
}

/// Stages of a plan's shape and lookup, called.
template <class Function, class Sums, class PrecisionT, class Exec>
typename Function::Stages stages_of(const Plan<PrecisionT, Exec>& plan) {
  typename Function::Stages stages;
  with_differentiable_shape(plan.shape(), [&](auto shape) {
    with_lookup(plan.lookup(), [&](auto lookup) {
      stages = Function::Stages::template of<decltype(shape), decltype(lookup), Sums>();
    });
  });
  return stages;
}

/// Computes the sums of all pixels of a plan and gives them to a consumer. Returns when the work is done.
template <class Sums, class Exec, class PrecisionT, class Consumer>
void launch_gradient(const Exec& exec, const Plan<PrecisionT, Exec>& plan, const GradientPanels<PrecisionT>& panels,
                     const DerivativeTables<PrecisionT>& more, const Consumer& consumer) {
  static_assert(is_host_space<Exec>, "nbk: derivatives are computed in host spaces");
  constexpr int width = pack_width<PrecisionT, Exec>;
  using Body = kernel::GradientPieces<Sums, width, PrecisionT, Consumer>;
  const Body body{panels.tables.data(), more, stages_of<typename Body::Function, Sums>(plan), panels.pieces.data(),
                  consumer};
  using Policy = Kokkos::RangePolicy<Exec, Kokkos::Schedule<Kokkos::Dynamic>, Kokkos::IndexType<std::int64_t>>;
  Kokkos::parallel_for("nbk::gradient",
                       Policy(exec, 0, static_cast<std::int64_t>(panels.pieces.size()), Kokkos::ChunkSize(1)), body);
  exec.fence("nbk::gradient");
}

/// Calls f with the set of sums that the parameters need.
/// \throws InvalidInput  a curved panel, where more than the crystal's parameters are asked for
template <class PrecisionT, class F>
void with_sums(const GradientPanels<PrecisionT>& panels, const DerivativeCoefficients& parameters, F&& f) {
  if (!needs_all_sums(parameters)) return f(kernel::CrystalSums{});
  for (const Tables<PrecisionT>& tables : panels.tables) {
    require(!tables.panel.curved, "detector.curved", "true",
            "must be false for derivatives by others than the crystal's cell and orientation");
  }
  f(kernel::AllSums{});
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
