// SPDX-License-Identifier: MIT
#include "bench/jobs/options.hpp"

#include "bench/evidence/report_root.hpp"
#include "bench/system/command_line.hpp"
#include "nbk/core/error.hpp"

#include <unistd.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>

namespace nbk::bench::jobs {
namespace {

// The float image, nbk's two copies and the reference's together stay below 20 GiB.
constexpr int largest_size = 32768;
constexpr int smallest_size = 2;  // one pixel has no correlation
constexpr int most_repetitions = 1'000'000;
constexpr int most_threads = 4096;

int parse_size(const std::string& text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  const bool good =
      error == std::errc() && end == text.data() + text.size() && value >= smallest_size && value <= largest_size;
  require(good, "--sizes", text, "must be whole numbers from 2 to " + std::to_string(largest_size) + ", or 'default'");
  return value;
}

std::vector<int> parse_sizes(const std::vector<std::string>& texts) {
  std::vector<int> sizes;
  for (const auto& text : texts) {
    if (text == "default") {
      sizes.insert(sizes.end(), {256, 512, 1024, 2048, 4096});
    } else {
      sizes.push_back(parse_size(text));
    }
  }
  // A second record of a size would overwrite the first one's trace and images.
  for (auto size = sizes.begin(); size != sizes.end(); ++size) {
    require(std::find(sizes.begin(), size, *size) == size, "--sizes", *size, "must be given once");
  }
  return sizes;
}

void check_range(const char* flag, int value, int least, int most) {
  require(value >= least && value <= most, flag, value,
          "must be from " + std::to_string(least) + " to " + std::to_string(most));
}

void check_positive(const char* flag, double value) {
  require(std::isfinite(value) && value > 0, flag, value, "must be a finite number > 0");
}

void check_reference(const char* origin, const std::filesystem::path& path) {
  std::error_code ignored;
  const bool runnable = std::filesystem::is_regular_file(path, ignored) && ::access(path.c_str(), X_OK) == 0;
  require(runnable, origin, path.string(), "must be an executable file");
}

void check(const Options& options) {
  constexpr std::array dtypes{"float32", "float64", "mixed", "df64"};
  require(std::find(dtypes.begin(), dtypes.end(), options.dtype) != dtypes.end(), "--dtype", options.dtype,
          "must be float32, float64, mixed or df64");
  check_range("--iterations", options.iterations, 1, most_repetitions);
  check_range("--warmup", options.warmup, 0, most_repetitions);
  check_range("--threads", options.threads, 0, most_threads);
  check_positive("--reference-timeout", options.reference_timeout_s);
  check_positive("--max-sum-ratio-error", options.gates.max_sum_ratio_error);
  check_positive("--max-warm-setup-ms", options.gates.max_warm_setup_ms);
  require(std::isfinite(options.gates.min_correlation), "--min-correlation", options.gates.min_correlation,
          "must be a finite number");
  require(!options.outdir.empty(), "--outdir", "''", "must name a folder");
}

void declare(CLI::App& app, Options& options, std::vector<std::string>& sizes, std::string& reference) {
  app.add_option("--sizes", sizes, "detector pixels per side, one record each; 'default': 256 to 4096")->delimiter(',');
  app.add_option("--device", options.device, "where to compute: cpu, cuda, hip, ... (what this build has)")
      ->capture_default_str();
  app.add_option("--dtype", options.dtype, "float32, float64, mixed or df64")->capture_default_str();
  app.add_flag("--profile", options.profile, "write a Chrome trace of every size");
  app.add_option("--iterations", options.iterations, "timed repetitions, cold and warm each")->capture_default_str();
  app.add_option("--warmup", options.warmup, "untimed repetitions before the warm ones")->capture_default_str();
  app.add_option("--threads", options.threads, "host threads; 0: all")->capture_default_str();
  app.add_flag("--keep-artifacts", options.keep_artifacts, "keep the float images");
  app.add_option("--outdir", options.outdir, "a folder of its own is made in it for this run")->capture_default_str();
  app.add_option("--reference", reference, "the C program to compare with (else NB_C_BIN, else the built-in one)");
  app.add_option("--reference-timeout", options.reference_timeout_s, "seconds the C program gets per size")
      ->capture_default_str();
  app.add_option("--min-correlation", options.gates.min_correlation, "gate")->capture_default_str();
  app.add_option("--max-sum-ratio-error", options.gates.max_sum_ratio_error, "gate on |sum ratio - 1|")
      ->capture_default_str();
  app.add_option("--max-warm-setup-ms", options.gates.max_warm_setup_ms, "gate, milliseconds")->capture_default_str();
}

}  // namespace

std::vector<std::string> default_arguments() {
  return {"--sizes", "4096",      "--device",     "cpu", "--dtype",
          "float32", "--profile", "--iterations", "1",   "--keep-artifacts"};
}

std::optional<Options> parse_options(const std::vector<std::string>& arguments, const std::string& c_program,
                                     std::string& help) {
  Options options;
  options.outdir = evidence::default_outdir("benchmarks");
  std::vector<std::string> sizes;
  std::string reference;
  CLI::App app(
      "Simulates the benchmark crystal, times it, compares it with a reference and keeps the evidence.\n"
      "Without arguments: --sizes 4096 --device cpu --dtype float32 --profile --iterations 1 --keep-artifacts",
      "nbk-bench");
  declare(app, options, sizes, reference);
  app.footer(
      "Other commands, each with --help of its own:\n"
      "  nbk-bench suite                 fixed workloads in all precisions\n"
      "  nbk-bench matrix                every space, precision and pack width against double\n"
      "  nbk-bench scaling               time against evaluations; threads, start-up, set-up, memory\n"
      "  nbk-bench compare OURS OTHER    two images\n"
      "  nbk-bench inventory RUN         where the time of a profiled run went\n"
      "  nbk-bench history DIR...        runs over commits: a table and a picture\n"
      "  nbk-bench check BASE NEW        slower, or only noise\n"
      "  nbk-bench report RUN            a run as one page of HTML\n"
      "Exit code: 0 passed, 1 a gate failed or something broke, 2 wrong arguments.");

  if (!system::parse_command_line(app, arguments.empty() ? default_arguments() : arguments, help)) return std::nullopt;
  if (!sizes.empty()) options.sizes = parse_sizes(sizes);
  if (!reference.empty()) {
    check_reference("--reference", reference);
    options.reference = reference;
  } else if (!c_program.empty()) {
    check_reference("NB_C_BIN", c_program);
    options.reference = c_program;
  }
  check(options);
  return options;
}

}  // namespace nbk::bench::jobs
