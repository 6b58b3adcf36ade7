// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace nbk::bench::jobs {

/// What a run has to reach to pass.
struct Gates {
  double min_correlation = 0.999;     ///< Pearson correlation with the reference, cold and warm image
  double max_sum_ratio_error = 5e-3;  ///< |sum / sum of the reference - 1|, cold and warm image
  double max_warm_setup_ms = 50;      ///< median set-up time where the plan is reused
};

/// What the main job is told on the command line.
struct Options {
  std::vector<int> sizes{4096};  ///< detector pixels per side, one record each
  std::string device = "cpu";
  std::string dtype = "float32";
  bool profile = false;         ///< write a trace per size
  int iterations = 1;           ///< timed repetitions, cold and warm each
  int warmup = 0;               ///< untimed repetitions before the warm ones
  int threads = 0;              ///< host threads; 0: what Kokkos chooses
  bool keep_artifacts = false;  ///< write the float images
  std::filesystem::path outdir = "reports/benchmarks";
  std::optional<std::filesystem::path> reference;  ///< the C program; absent: the built-in reference
  double reference_timeout_s = 600;
  Gates gates;
};

/// The arguments that stand for none at all: the main job.
std::vector<std::string> default_arguments();

/// Reads the arguments behind the program's name. `c_program` is the value of the environment variable NB_C_BIN, which
/// names the reference where no `--reference` does; empty for none.
/// \return the options, or nothing where only help was asked for (it went to `help`)
/// \throws InvalidInput naming the flag, its value and what is allowed
std::optional<Options> parse_options(const std::vector<std::string>& arguments, const std::string& c_program,
                                     std::string& help);

}  // namespace nbk::bench::jobs
