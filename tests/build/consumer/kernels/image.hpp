// SPDX-License-Identifier: MIT
#pragma once

#include <nbk/nbk.hpp>

#include <vector>

std::vector<float> compiled_image();
std::vector<float> other_image();

namespace {

/// A small image by simulate(), from whatever this file finds.
std::vector<float> image_of_this_file() {
  using Exec = Kokkos::DefaultHostExecutionSpace;
  const Exec exec;
  nbk::Experiment experiment;
  experiment.crystal.cell = nbk::UnitCell{40, 50, 60};
  experiment.crystal.cells = {8, 9, 10};
  experiment.crystal.misset_rad = {0.1, 0.2, 0.3};
  experiment.detector.pixels_fast = experiment.detector.pixels_slow = 64;
  experiment.detector.pixel_size_m = 1e-3;
  experiment.detector.oversample = 1;
  experiment.structure_factors.default_amplitude = 100;
  const nbk::Plan<nbk::Mixed, Exec> plan(exec, experiment);
  const auto image = nbk::make_image(exec, plan);
  nbk::simulate(exec, plan, image);
  exec.fence();
  return {image.data(), image.data() + image.size()};
}

}  // namespace
