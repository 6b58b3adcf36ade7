// SPDX-License-Identifier: MIT
#pragma once

#include "bench/jobs/suite_options.hpp"

#include <optional>
#include <string>
#include <vector>

namespace nbk::bench::jobs {

/// What `nbk-bench scaling` is told.
struct ScalingOptions {
  SuiteOptions suite;     ///< only, device, cases, iterations, tiny, outdir; one precision; no C program
  int threads = 0;        ///< to compare with one; 0: all
  double largest = 1e10;  ///< evaluations of the line's last point
  int pairs = 3;          ///< processes with one and with all threads, in turn
  int starts = 20;        ///< processes that are started for the time it takes
};

/// \return nothing where only help was asked for \throws InvalidInput
std::optional<ScalingOptions> parse_scaling_options(const std::vector<std::string>& arguments, std::string& help);

/// What one process that is started for its start is told.
struct StartUpOptions {
  std::string device = "cpu", dtype = "float32";
  int threads = 1, size = 4096;
  long long started_ns = 0;
  std::filesystem::path output;
};
std::vector<std::string> start_up_arguments(const StartUpOptions& options);
StartUpOptions parse_start_up_options(const std::vector<std::string>& arguments);

}  // namespace nbk::bench::jobs
