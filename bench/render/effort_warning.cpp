// SPDX-License-Identifier: MIT
#include "bench/render/effort_warning.hpp"

#include "bench/measure/measure.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace nbk::bench::render {

namespace {

/// Evaluations from which on an image is warned of: hours of a processor, where none can be left out.
constexpr double many_evaluations = 1e14;

}  // namespace

std::string effort_warning(const Scene& scene) {
  const double evaluations = measure::evaluations_of(scene);
  if (evaluations < many_evaluations) return {};
  int oversample = 1, layers = 1;
  for (const ScenePanel& panel : scene.panels) {
    oversample = std::max(oversample, panel.oversample);
    layers = std::max(layers, panel.layers.count);
  }
  return fmt::format(
      "this image has {:.2g} evaluations, of which a processor does some 1e9 in a second; a pixel has {} x {} "
      "sub-pixels (-oversample), {} layers (-thicksteps), {} rays (sources x wavelengths), {} phi steps and {} mosaic "
      "domains",
      evaluations, oversample, oversample, layers, scene.rays.size(), scene.phi_rad.size(), scene.domains.size());
}

}  // namespace nbk::bench::render
