// SPDX-License-Identifier: MIT
#include "truth/simulated_image.hpp"

#include "truth/view_numbers.hpp"

#include <nbk/nbk.hpp>

#include <cstddef>
#include <string>

namespace nbk::truth {

namespace {

using Exec = Kokkos::DefaultExecutionSpace;

template <class PrecisionT>
std::vector<double> image_in(const Experiment& experiment) {
  const Exec exec;
  const Plan<PrecisionT, Exec> plan(exec, experiment);
  if (experiment.selection.runs.empty()) {
    const ImageExtents extents = image_extents(plan.scene());
    const Kokkos::View<double***, Kokkos::LayoutRight, Exec::memory_space> image("nbk::truth::image", extents.panels,
                                                                                 extents.slow, extents.fast);
    simulate(exec, plan, image);
    return numbers_of(exec, image);
  }
  const auto pixels = static_cast<std::size_t>(scene::listed_pixels(plan.scene().selection));
  const Kokkos::View<double*, Exec::memory_space> image("nbk::truth::image", pixels);
  simulate(exec, plan, image);
  return numbers_of(exec, image);
}

}  // namespace

std::vector<double> simulated_image(const Experiment& experiment, std::string_view precision) {
  if (precision == Fp64::name) return image_in<Fp64>(experiment);
  if (precision == Mixed::name) return image_in<Mixed>(experiment);
  if (precision == Fp32::name) return image_in<Fp32>(experiment);
  reject("precision", precision, "must be float64, mixed or float32");
}

}  // namespace nbk::truth
