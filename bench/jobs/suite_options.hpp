// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace nbk::bench::jobs {

/// What `nbk-bench suite` is told.
struct SuiteOptions {
  std::vector<std::string> only;  ///< workloads or groups; none: all without a group
  std::vector<std::string> dtypes{"float32", "mixed", "float64"};
  std::vector<int> threads;  ///< none: 1 and all
  std::string device = "cpu";
  bool tiny = false;
  int iterations = 5;  ///< timed repetitions, and pairs with the C program
  std::filesystem::path outdir = "reports/suite";
  std::filesystem::path cases;  ///< folder of the workloads' files
  std::optional<std::filesystem::path> reference;
  double reference_timeout_s = 600;
};

/// What one process of the suite does: one workload with one number of threads, in all precisions.
struct WorkerOptions {
  std::filesystem::path case_file;
  int threads = 1;
  SuiteOptions suite;            ///< as far as it concerns this
  std::filesystem::path output;  ///< where its records go
  long long started_ns = 0;      ///< when its process was started, by the steady clock; 0: not known
};

/// \return nothing where only help was asked for \throws InvalidInput
std::optional<SuiteOptions> parse_suite_options(const std::vector<std::string>& arguments, const std::string& c_program,
                                                std::string& help);

/// The worker's command line, and back.
std::vector<std::string> worker_arguments(const WorkerOptions& options);
WorkerOptions parse_worker_options(const std::vector<std::string>& arguments);

}  // namespace nbk::bench::jobs
