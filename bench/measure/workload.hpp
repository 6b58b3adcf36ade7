// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/experiment.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace nbk::bench::measure {

/// An experiment to simulate, and the flags that tell the C program the same.
struct Workload {
  std::string name, title;
  std::vector<std::string> flags;  ///< the C program's; empty: it cannot do this experiment
  Experiment experiment;
  int pixels_fast = 0, pixels_slow = 0;

  std::size_t pixels() const { return static_cast<std::size_t>(pixels_fast) * static_cast<std::size_t>(pixels_slow); }
};

/// Returns the workload that flags describe. Where they name no structure factors, the C program takes those of a cache
/// file that happens to lie in the working folder; here such a file never counts. What is `corrected` has no flags of
/// the C program. \param no_cache  name of a file that does not exist \throws InvalidInput; FileError
Workload workload_from_flags(std::string name, std::vector<std::string> flags, const std::string& no_cache);

/// The benchmark crystal of the main job on a square detector: a 5 x 5 x 5 block of cubic 100 A cells at 6.2 A.
/// \param size  pixels per side, 0.1 mm each
Workload main_job(int size);

}  // namespace nbk::bench::measure
