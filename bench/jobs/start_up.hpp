// SPDX-License-Identifier: MIT
#pragma once

#include "bench/jobs/scaling_options.hpp"

#include <functional>
#include <string>
#include <vector>

namespace nbk::bench::jobs {

/// Seconds of one process from its start to its first launch, part by part.
struct StartUp {
  double to_main_s = 0;  ///< start (fork) to main(): the loader, static objects
  double flags_s = 0;    ///< to where the experiment is known
  double kokkos_s = 0;   ///< Kokkos and its threads
  double set_up_s = 0;   ///< plan and image
  double total_s = 0;    ///< start to first launch
};

/// The parts by name, and how to get at them.
struct StartUpPart {
  const char* name;
  double StartUp::*value;
  const char* meaning;
};
const std::vector<StartUpPart>& start_up_parts();

/// Starts one process for it. \throws FileError; Interrupted
StartUp start_once(StartUpOptions options, const std::function<void()>& tick);

}  // namespace nbk::bench::jobs
