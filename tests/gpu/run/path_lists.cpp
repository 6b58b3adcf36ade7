// SPDX-License-Identifier: MIT
// All lists of experiments for all kernels.
#include "experiment_parts.hpp"
#include "experiments.hpp"

#include <nbk/physics/shape/shapes.hpp>
#include <nbk/scene/shape_of.hpp>

#include <cmath>
#include <utility>

namespace nbk::gpu_run {

void for_each_path(bool compounding, const std::function<void(const NamedExperiment&)>& f) {
  const auto call = [&](std::vector<NamedExperiment> paths, const std::string& suffix) {
    int number = 0;
    for (NamedExperiment& named : paths) {
      named.name += suffix;
      named.number = number++;
      f(named);
    }
  };
  call(paths_of_backgrounds(), "");
  for_each_type(physics::Shapes{}, [&](auto shape) {
    for (int lookup = 0; lookup < 3; ++lookup) {
      for (const TermWeighting weighting :
           {TermWeighting::first_value, TermWeighting::per_term, TermWeighting::compounding}) {
        if (weighting == TermWeighting::compounding && !compounding) continue;
        const Combination combination{shape_of<decltype(shape)>, lookup, weighting};
        std::vector<NamedExperiment> paths = paths_of(combination);
        if (combination.is_compact() && weighting != TermWeighting::compounding) {
          for (NamedExperiment& named : window_paths_of(combination)) paths.push_back(std::move(named));
        }
        call(std::move(paths), ": " + std::string(combination.shape.name()) + ", lookup " + std::to_string(lookup) +
                                   ", weighting " + std::to_string(static_cast<int>(weighting)));
      }
    }
  });
}

std::vector<NamedExperiment> listed_experiments() {
  std::vector<NamedExperiment> all;
  for_each_type(physics::Shapes{}, [&](auto shape) {
    for (int lookup = 0; lookup < 3; ++lookup) {
      all.push_back({"list: " + std::string(shape_of<decltype(shape)>.name()) + ", lookup " + std::to_string(lookup),
                     two_panels(shape_of<decltype(shape)>, lookup > 0, lookup == 2), 0, 0});
      Experiment& e = all.back().experiment;
      for (int slow = 60; slow > 4; slow -= 3) e.selection.runs.push_back({slow % 2, slow, slow / 4, 3 + slow % 17});
      if (lookup == 0) e.materials = matter();
    }
  });
  return all;
}

Experiment experiment_of_view() {
  Experiment e = two_panels({}, false, false);
  e.structure_factors = StructureFactors::over({-9, 9}, {-8, 8}, {-20, 20});
  e.structure_factors.default_amplitude = 30;
  return e;
}

std::vector<float> amplitudes_of_view() {
  std::vector<float> amplitudes;
  for (int i = 0; i < 19 * 17 * 41; ++i) amplitudes.push_back(static_cast<float>(100 + 40 * std::sin(0.07 * i)));
  return amplitudes;
}

}  // namespace nbk::gpu_run
