// SPDX-License-Identifier: MIT
#include "bench/measure/workload.hpp"

#include "bench/flags/command.hpp"
#include "bench/system/files.hpp"
#include "nbk/scene/make_scene.hpp"

#include <utility>

namespace nbk::bench::measure {

Workload workload_from_flags(std::string name, std::vector<std::string> flags) {
  const system::TemporaryFolder empty("nbk-flags");
  auto words = flags;
  words.insert(words.begin(), {"-dump", (empty.path() / "no-cache").string()});
  Workload workload;
  workload.experiment = flags::parse(words).experiment;
  const auto panel = make_scene(workload.experiment).panel;
  workload.pixels_fast = panel.pixels_fast;
  workload.pixels_slow = panel.pixels_slow;
  workload.name = std::move(name);
  workload.flags = std::move(flags);
  return workload;
}

Workload main_job(int size) {
  return workload_from_flags("main", {"-default_F", "100", "-cell", "100", "100", "100", "90", "90", "90", "-lambda",
                                      "6.2", "-N", "5", "-distance", "100", "-detpixels", std::to_string(size)});
}

}  // namespace nbk::bench::measure
