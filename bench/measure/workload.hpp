// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/experiment.hpp"

#include <cstddef>
#include <string>
#include <vector>

namespace nbk::bench::measure {

/// Something to simulate, as the C program is told and as nbk is.
struct Workload {
  std::string name;
  std::vector<std::string> flags;  ///< the C program's
  Experiment experiment;           ///< what they mean
  int pixels_fast = 0, pixels_slow = 0;

  std::size_t pixels() const { return static_cast<std::size_t>(pixels_fast) * static_cast<std::size_t>(pixels_slow); }
};

/// What the flags describe. Where they name no structure factors the C program would take those of a cache file that
/// happens to lie in the working folder; here that never counts.
/// \throws InvalidInput; FileError
Workload workload_from_flags(std::string name, std::vector<std::string> flags);

/// The benchmark crystal of the main job on a square detector: a 5 x 5 x 5 block of cubic 100 A cells at 6.2 A.
/// \param size pixels per side, 0.1 mm each
Workload main_job(int size);

}  // namespace nbk::bench::measure
