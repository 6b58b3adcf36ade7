// SPDX-License-Identifier: MIT
#include "bench/flags/command.hpp"
#include "bench/measure/workload.hpp"
#include "nbk/scene/make_scene.hpp"

#include <utility>

namespace nbk::bench::measure {

Workload workload_from_flags(std::string name, std::vector<std::string> flags, const std::string& no_cache) {
  auto words = flags;
  words.insert(words.begin(), {"-dump", no_cache});
  Workload workload;
  workload.experiment = flags::parse(words).experiment;
  const PanelGeometry panel = make_scene(workload.experiment).panels.front().geometry;
  workload.pixels_fast = panel.pixels_fast;
  workload.pixels_slow = panel.pixels_slow;
  workload.name = std::move(name);
  if (workload.experiment.policy == Policy::compat) workload.flags = std::move(flags);
  return workload;
}

}  // namespace nbk::bench::measure
