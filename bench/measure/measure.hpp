// SPDX-License-Identifier: MIT
#pragma once

#include "bench/kernels/simulation.hpp"
#include "bench/measure/workload.hpp"
#include "nbk/scene/scene.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace nbk::bench::measure {

/// Seconds of every repetition, part by part. `total_s` is their sum in each repetition, as one stopwatch sees it.
struct Timings {
  std::vector<double> setup_s, simulation_s, copy_out_s, total_s;
};

/// Description of a simulation that has been set up.
struct Setting {
  std::string space;
  std::string dtype;  ///< the precision in use, which may be a better one than was asked for
  int pack_width = 0, threads = 0, oversample = 1;
  std::size_t table_bytes = 0;   ///< of the plan, on the device
  std::int64_t samples = 0;      ///< pixels x sub-pixels x sensor layers
  std::int64_t evaluations = 0;  ///< samples x sources x phi steps x mosaic domains
};

Setting setting_of(const Simulation& simulation);

/// Returns the number of evaluations of an image, masked pixels included.
double evaluations_of(const Scene& scene);

/// Times and image of one workload.
struct Measurement {
  Timings cold;  ///< a new plan each time: tables built, memory allocated and touched for the first time
  Timings warm;  ///< the plan at hand set up again for the experiment, its memory reused
  std::vector<float> cold_image, warm_image;  ///< the first cold and the last warm one, [slow][fast]
  Setting setting;
};

/// Numbers of repetitions.
struct Repetitions {
  int timed = 1;   ///< cold and warm each
  int warmup = 0;  ///< untimed, before the warm ones
};

/// Runs a workload cold and warm. The parts are regions for Kokkos' tools; everything is fenced before a clock is read.
/// \param make  makes a simulation that has nothing set up yet
/// \param check called between repetitions; may throw to end early
/// \param ready called with a new simulation that has been set up, before it runs for the first time
Measurement measure(const std::function<std::unique_ptr<Simulation>()>& make, const Workload& workload,
                    Repetitions repetitions, const std::function<void()>& check,
                    const std::function<void(const Simulation&)>& ready = {});

}  // namespace nbk::bench::measure
