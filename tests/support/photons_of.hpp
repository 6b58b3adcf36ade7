// SPDX-License-Identifier: MIT
#pragma once

#include <Kokkos_Core.hpp>
#include <nbk/nbk.hpp>

#include <nbk/compiled_kernels.hpp>

#include <cstddef>
#include <vector>

namespace nbk::testing {

/// The numbers of a View of the host, once all work before them is done.
template <class Exec, class View>
std::vector<typename View::non_const_value_type> copy_of(const Exec& exec, const View& view) {
  exec.fence();
  return {view.data(), view.data() + view.size()};
}

/// Photons of an experiment in a precision, without the care of runtime::Simulation: [panel][slow][fast] with padding,
/// or the listed pixels where the selection has runs.
/// \tparam Pixel  float or double
template <class P, class Pixel = double>
std::vector<Pixel> photons_of(const Experiment& experiment, const PlanOptions& options = {}) {
  using Host = Kokkos::DefaultHostExecutionSpace;
  const Host exec;
  const Plan<P, Host> plan(exec, experiment, options);
  const auto filled = [&](const auto& view) {
    simulate(exec, plan, view);
    return copy_of(exec, view);
  };
  if (!experiment.selection.runs.empty()) {
    const auto listed = static_cast<std::size_t>(scene::listed_pixels(plan.scene().selection));
    return filled(Kokkos::View<Pixel*, Kokkos::LayoutRight, Host>("pixels", listed));
  }
  const ImageExtents extents = image_extents(plan.scene());
  return filled(Kokkos::View<Pixel***, Kokkos::LayoutRight, Host>("image", extents.panels, extents.slow, extents.fast));
}

}  // namespace nbk::testing
