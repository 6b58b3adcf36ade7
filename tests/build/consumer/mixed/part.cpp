// SPDX-License-Identifier: MIT
#include "recording.hpp"

namespace {

using Exec = Kokkos::DefaultHostExecutionSpace;

template <class Precision>
std::vector<float> image_of(const Exec& exec) {
  nbk::Experiment experiment;
  experiment.crystal.cell = nbk::UnitCell{40, 50, 60};
  experiment.crystal.cells = {8, 9, 10};
  experiment.crystal.misset_rad = {0.1, 0.2, 0.3};
  experiment.detector.pixels_fast = experiment.detector.pixels_slow = 64;
  experiment.detector.pixel_size_m = 1e-3;
  experiment.detector.oversample = 1;
  experiment.dmin_m = 1e-12;  // leaves nothing out, but rows are not taken as lines, whose packs are wider
  experiment.structure_factors.default_amplitude = 100;
  const nbk::Plan<Precision, Exec> plan(exec, experiment);
  const auto image = nbk::make_image(exec, plan);
  nbk::simulate_with<Recording>(exec, plan, image);
  exec.fence();
  return {image.data(), image.data() + image.size()};
}

}  // namespace

Result PART() {
  const Exec exec;
  Result result;
  result.float_width = nbk::launch::pack_width<nbk::Fp32, Exec>;
  result.double_width = nbk::launch::pack_width<nbk::Fp64, Exec>;
  result.float_image = image_of<nbk::Fp32>(exec);
  result.float_width_in_use = Recording::width;
  result.double_image = image_of<nbk::Fp64>(exec);
  result.double_width_in_use = Recording::width;
  return result;
}
