// SPDX-License-Identifier: MIT
#include "bench/measure/measure.hpp"

#include "bench/system/stopwatch.hpp"

#include <Kokkos_Profiling_ScopedRegion.hpp>

#include <algorithm>
#include <limits>

namespace nbk::bench::measure {
namespace {

using Region = Kokkos::Profiling::ScopedRegion;

template <class Work>
double timed_region(const std::string& name, Work&& work) {
  const Region region(name);
  const system::Stopwatch watch;
  work();
  return watch.elapsed_s();
}

using Ready = std::function<void(const Simulation&)>;

void repeat_once(Simulation& simulation, const Workload& workload, std::vector<float>& image, Timings& timings,
                 const Ready& ready = {}) {
  const system::Stopwatch total;
  const double setup_s = timed_region("set-up", [&] { simulation.setup(workload.experiment); });
  if (ready) ready(simulation);
  const double simulation_s = timed_region("simulation", [&] { simulation.run(); });
  const double copy_out_s = timed_region("copy-out", [&] { simulation.copy_out(image); });
  timings.total_s.push_back(total.elapsed_s());
  timings.setup_s.push_back(setup_s);
  timings.simulation_s.push_back(simulation_s);
  timings.copy_out_s.push_back(copy_out_s);
}

/// Sub-pixels and layers of all pixels that are computed.
double samples_of(const Scene& scene) {
  std::vector<std::int64_t> pixels(scene.panels.size(), 0);
  for (std::size_t p = 0; p < pixels.size(); ++p) {
    const PixelWindow& w = scene.panels[p].window;
    pixels[p] = std::int64_t{w.fast_max - w.fast_min + 1} * (w.slow_max - w.slow_min + 1);
  }
  if (!scene.selection.runs.empty()) pixels.assign(pixels.size(), 0);
  for (const PixelRun& run : scene.selection.runs) pixels[static_cast<std::size_t>(run.panel)] += run.count;
  double samples = 0;
  for (std::size_t p = 0; p < pixels.size(); ++p) {
    const ScenePanel& panel = scene.panels[p];
    samples += static_cast<double>(pixels[p]) * panel.oversample * panel.oversample * panel.layers.count;
  }
  return samples;
}

}  // namespace

double evaluations_of(const Scene& scene) {
  return samples_of(scene) * static_cast<double>(scene.rays.size()) * static_cast<double>(scene.phi_rad.size()) *
         static_cast<double>(scene.domains.size());
}

Setting setting_of(const Simulation& simulation) {
  const auto& scene = simulation.scene();
  Setting setting;
  setting.space = simulation.space_name();
  setting.dtype = simulation.dtype();
  setting.pack_width = simulation.pack_width();
  setting.threads = simulation.threads();
  setting.oversample = scene.panels.front().oversample;
  setting.table_bytes = simulation.table_bytes();
  setting.samples = static_cast<std::int64_t>(samples_of(scene));
  setting.evaluations = static_cast<std::int64_t>(evaluations_of(scene));
  return setting;
}

Measurement measure(const std::function<std::unique_ptr<Simulation>()>& make, const Workload& workload,
                    Repetitions repetitions, const std::function<void()>& check, const Ready& ready) {
  Measurement result;
  result.cold_image.resize(workload.pixels());
  result.warm_image.resize(workload.pixels());
  std::unique_ptr<Simulation> simulation;
  for (int i = 0; i < repetitions.timed; ++i) {
    check();
    simulation.reset();  // before the next one is made, so that its memory is new to it
    simulation = make();
    const Region region("cold");
    repeat_once(*simulation, workload, i == 0 ? result.cold_image : result.warm_image, result.cold, ready);
  }
  Timings untimed;
  for (int i = 0; i < repetitions.warmup; ++i) {
    check();
    const Region region("warm-up");
    repeat_once(*simulation, workload, result.warm_image, untimed);
  }
  // So that a warm repetition that writes nothing cannot pass with an older one's image.
  std::fill(result.warm_image.begin(), result.warm_image.end(), std::numeric_limits<float>::quiet_NaN());
  for (int i = 0; i < repetitions.timed; ++i) {
    check();
    const Region region("warm");
    repeat_once(*simulation, workload, result.warm_image, result.warm);
  }
  result.setting = setting_of(*simulation);
  return result;
}

}  // namespace nbk::bench::measure
