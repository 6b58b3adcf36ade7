// SPDX-License-Identifier: MIT
#include "bench/jobs/suite_options.hpp"

#include "bench/evidence/report_root.hpp"
#include "bench/system/command_line.hpp"
#include "build_info.hpp"
#include "nbk/core/error.hpp"

#include <unistd.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>

namespace nbk::bench::jobs {
namespace {

// What the suite and its worker have in common.
void declare_common(CLI::App& app, SuiteOptions& options, std::string& reference) {
  app.add_option("--dtype", options.dtypes, "float32, mixed, df64, float64")->delimiter(',');
  app.add_option("--device", options.device, "where to compute")->capture_default_str();
  app.add_flag("--tiny", options.tiny, "every workload made small: does it work at all");
  app.add_option("--iterations", options.iterations, "timed repetitions, and pairs with the C program")
      ->capture_default_str();
  app.add_option("--reference", reference, "the C program (else NB_C_BIN, else none)");
  app.add_option("--reference-timeout", options.reference_timeout_s, "seconds it gets for one run")
      ->capture_default_str();
}

template <class T>
void require_once(const char* flag, const std::vector<T>& values) {
  for (auto value = values.begin(); value != values.end(); ++value) {
    require(std::find(values.begin(), value, *value) == value, flag, *value, "must be given once");
  }
}

void check(const SuiteOptions& options) {
  require_once("--dtype", options.dtypes);
  require_once("--threads", options.threads);
  require(!options.outdir.empty(), "--outdir", "''", "must name a folder");
  for (const auto& dtype : options.dtypes) {
    require(dtype == "float32" || dtype == "mixed" || dtype == "df64" || dtype == "float64", "--dtype", dtype,
            "must be float32, mixed, df64 or float64");
  }
  for (const int threads : options.threads) {
    require(threads >= 1 && threads <= 4096, "--threads", threads, "must be from 1 to 4096");
  }
  require(options.iterations >= 1 && options.iterations <= 100000, "--iterations", options.iterations,
          "must be from 1 to 100000");
  require(std::isfinite(options.reference_timeout_s) && options.reference_timeout_s > 0, "--reference-timeout",
          options.reference_timeout_s, "must be a finite number > 0");
  if (options.reference) {
    std::error_code ignored;
    const bool good = std::filesystem::is_regular_file(*options.reference, ignored) &&
                      ::access(options.reference->c_str(), X_OK) == 0;
    require(good, "--reference", options.reference->string(), "must be an executable file");
  }
}

}  // namespace

std::optional<SuiteOptions> parse_suite_options(const std::vector<std::string>& arguments, const std::string& c_program,
                                                std::string& help) {
  SuiteOptions options;
  options.outdir = evidence::default_outdir("suite");
  options.cases = std::filesystem::path(std::string(build_info::source_dir)) / "bench" / "cases";
  std::string reference;
  CLI::App app("Runs fixed workloads, one record per workload, precision and number of threads.", "nbk-bench suite");
  declare_common(app, options, reference);
  app.add_option("--only", options.only, "workloads or groups by name")->delimiter(',');
  app.add_option("--threads", options.threads, "numbers of host threads; none: 1 and all")->delimiter(',');
  app.add_option("--cases", options.cases, "folder of the workloads' files")->capture_default_str();
  app.add_option("--outdir", options.outdir, "a folder of its own is made in it for this run")->capture_default_str();
  if (!system::parse_command_line(app, arguments, help)) return std::nullopt;
  if (reference.empty()) reference = c_program;
  if (!reference.empty()) options.reference = std::filesystem::absolute(reference);
  system::refuse_empty_word(arguments, "--only");
  check(options);
  return options;
}

std::vector<std::string> worker_arguments(const WorkerOptions& options) {
  const auto& suite = options.suite;
  std::vector<std::string> words{"suite-worker", "--case", options.case_file.string(), "--output",
                                 options.output.string()};
  const auto add = [&](const char* flag, const std::string& value) { words.insert(words.end(), {flag, value}); };
  add("--threads", std::to_string(options.threads));
  add("--started", std::to_string(options.started_ns));
  add("--device", suite.device);
  add("--iterations", std::to_string(suite.iterations));
  add("--reference-timeout", std::to_string(suite.reference_timeout_s));
  for (const auto& dtype : suite.dtypes) add("--dtype", dtype);
  if (suite.tiny) words.emplace_back("--tiny");
  if (suite.reference) add("--reference", suite.reference->string());
  return words;
}

WorkerOptions parse_worker_options(const std::vector<std::string>& arguments) {
  WorkerOptions options;
  std::string reference;
  CLI::App app("One workload of the suite in a process of its own.", "nbk-bench suite-worker");
  declare_common(app, options.suite, reference);
  app.add_option("--case", options.case_file)->required();
  app.add_option("--output", options.output)->required();
  app.add_option("--threads", options.threads)->required();
  app.add_option("--started", options.started_ns);
  std::string help;
  require(system::parse_command_line(app, arguments, help), "suite-worker", "--help",
          "is started by the suite, with all it needs");
  if (!reference.empty()) options.suite.reference = reference;
  check(options.suite);
  return options;
}

}  // namespace nbk::bench::jobs
