// SPDX-License-Identifier: MIT
// The library's own images on the host, from nbk::runtime: another compilation, in packs.
#include <nbk/model/experiment.hpp>
#include <nbk/runtime/simulation.hpp>

#include <vector>

namespace nbk::gpu_run {

std::vector<float> reference_image(const Experiment& experiment) {
  const auto simulation = runtime::make_simulation("cpu", "float64");
  simulation->setup(experiment);
  simulation->run({}, ImageUse::replace);
  const auto pixels = simulation->host_image();
  return {pixels.begin(), pixels.end()};
}

}  // namespace nbk::gpu_run
