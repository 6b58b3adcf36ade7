// SPDX-License-Identifier: MIT
#include "support/render.hpp"

#include "bench/kernels/simulation.hpp"

namespace nbk::testing {

std::vector<float> render(const Experiment& experiment, std::string_view dtype, std::string_view device) {
  const auto simulation = bench::make_simulation(device, dtype);
  simulation->setup(experiment);
  simulation->run();
  const PanelGeometry& panel = simulation->scene().panels.front().geometry;
  std::vector<float> image(static_cast<std::size_t>(panel.pixels_fast) * static_cast<std::size_t>(panel.pixels_slow));
  simulation->copy_out(image);
  return image;
}

}  // namespace nbk::testing
