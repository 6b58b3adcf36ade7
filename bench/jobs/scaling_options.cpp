// SPDX-License-Identifier: MIT
#include "bench/jobs/scaling_options.hpp"

#include "bench/evidence/report_root.hpp"
#include "bench/jobs/driver.hpp"
#include "bench/kernels/precisions.hpp"
#include "bench/system/command_line.hpp"
#include "build_info.hpp"
#include "nbk/core/error.hpp"

#include <fmt/format.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>

namespace nbk::bench::jobs {
namespace {

void check_range(const char* flag, int value, int least, int most) {
  require(value >= least && value <= most, flag, value, fmt::format("must be from {} to {}", least, most));
}

void check(const ScalingOptions& options) {
  const auto known = dtypes();
  const auto& dtype = options.suite.dtypes.at(0);
  require(std::find(known.begin(), known.end(), dtype) != known.end(), "--dtype", dtype,
          fmt::format("must be one of {}", fmt::join(known, ", ")));
  check_device(options.suite.device);
  check_range("--threads", options.threads, 0, 4096);
  check_range("--iterations", options.suite.iterations, 1, 100000);
  check_range("--pairs", options.pairs, 1, 1000);
  check_range("--starts", options.starts, 1, 100000);
  require(std::isfinite(options.largest) && options.largest >= 1e6, "--largest", options.largest,
          "must be a finite number >= 1e6");
  require(!options.suite.outdir.empty(), "--outdir", "''", "must name a folder");
}

}  // namespace

std::optional<ScalingOptions> parse_scaling_options(const std::vector<std::string>& arguments, std::string& help) {
  ScalingOptions options;
  options.suite.outdir = evidence::default_outdir("scaling");
  options.suite.cases = std::filesystem::path(std::string(build_info::source_dir)) / "bench" / "cases";
  std::string dtype = "float32";
  CLI::App app(
      "How time grows with evaluations, what threads give, and what start-up, set-up and memory take. All in fresh\n"
      "processes. Lets nothing else run beside it, if its figures are to be believed.",
      "nbk-bench scaling");
  app.add_option("--only", options.suite.only, "workloads for threads, set-up and memory; none: all of the suite")
      ->delimiter(',');
  app.add_option("--dtype", dtype, "one precision")->capture_default_str();
  app.add_option("--device", options.suite.device, "where to compute")->capture_default_str();
  app.add_option("--threads", options.threads, "host threads to compare with one; 0: all")->capture_default_str();
  app.add_option("--iterations", options.suite.iterations, "timed repetitions in a process")->capture_default_str();
  app.add_option("--pairs", options.pairs, "processes with one and with all threads, in turn")->capture_default_str();
  app.add_option("--starts", options.starts, "processes started for the time that takes")->capture_default_str();
  app.add_option("--largest", options.largest, "evaluations of the line's last point")->capture_default_str();
  app.add_flag("--tiny", options.suite.tiny, "every workload made small: does it work at all");
  app.add_option("--cases", options.suite.cases, "folder of the workloads' files")->capture_default_str();
  app.add_option("--outdir", options.suite.outdir, "a folder of its own is made in it for this run")
      ->capture_default_str();
  if (!system::parse_command_line(app, arguments, help)) return std::nullopt;
  options.suite.dtypes = {dtype};
  system::refuse_empty_word(arguments, "--only");
  check(options);
  return options;
}

std::vector<std::string> start_up_arguments(const StartUpOptions& options) {
  return {"start-up-worker",
          "--device",
          options.device,
          "--dtype",
          options.dtype,
          "--threads",
          std::to_string(options.threads),
          "--size",
          std::to_string(options.size),
          "--started",
          std::to_string(options.started_ns),
          "--output",
          options.output.string()};
}

StartUpOptions parse_start_up_options(const std::vector<std::string>& arguments) {
  StartUpOptions options;
  CLI::App app("One process, started for the time that takes.", "nbk-bench start-up-worker");
  app.add_option("--device", options.device);
  app.add_option("--dtype", options.dtype);
  app.add_option("--threads", options.threads);
  app.add_option("--size", options.size);
  app.add_option("--started", options.started_ns)->required();
  app.add_option("--output", options.output)->required();
  std::string help;
  require(system::parse_command_line(app, arguments, help), "start-up-worker", "--help",
          "is started by nbk-bench scaling");
  return options;
}

}  // namespace nbk::bench::jobs
