// SPDX-License-Identifier: MIT
#include "bench/jobs/options.hpp"

#include "bench/kernels/simulation.hpp"
#include "bench/system/command.hpp"
#include "bench/system/command_line.hpp"
#include "bench/system/environment_variable.hpp"
#include "bench/system/host_threads.hpp"
#include "build_info.hpp"
#include "nbk/core/error.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <CLI/CLI.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace nbk::bench::jobs {
namespace {

constexpr int most_repetitions = 1'000'000;
constexpr int smallest_size = 2;     // one pixel has no correlation
constexpr int largest_size = 32768;  // the float image, nbk's two copies and the reference's stay below 20 GiB

// Words that become other values than CLI11 would make of them.
struct Words {
  std::vector<std::string> sizes;
  std::string reference;
};

Options defaults(Command command) {
  Options options;
  options.command = command;
  const auto root = system::environment_variable("NBK_REPORTS");
  constexpr const char* folders[]{"benchmarks", "suite", "matrix", "scaling", "worker"};
  options.outdir = std::filesystem::path(root.empty() ? "reports" : root) / folders[static_cast<int>(command)];
  options.cases = std::filesystem::path(std::string(build_info::source_dir)) / "bench" / "cases";
  if (command == Command::suite || command == Command::scaling) {
    options.iterations = 5;
    options.threads = {1, 0};
  }
  if (command == Command::suite) options.dtypes = {"float32", "mixed", "float64"};
  if (command == Command::scaling) options.rounds = 3;
  if (command == Command::matrix) {
    options.devices = devices();
    options.dtypes = dtypes();
  }
  return options;
}

const char* description(Command command) {
  switch (command) {
    case Command::main:
      return "Simulates the benchmark crystal, times it, compares it with a reference and keeps the evidence.\nWithout "
             "arguments: --sizes 4096 --device cpu --dtype float32 --profile --iterations 1 --keep-artifacts";
    case Command::suite: return "Runs fixed workloads, one record per workload, precision and number of threads.";
    case Command::matrix:
      return "Compares images of every space, precision and pack width with float64 and with the built-in reference.";
    case Command::scaling:
      return "Measures how time grows with evaluations, what threads give, and what start-up, set-up and memory take.\n"
             "Its figures are good only where nothing else runs beside it.";
    case Command::worker: break;
  }
  return "One workload in a process of its own; started by suite and scaling.";
}

constexpr const char* footer =
    "Other commands, each with --help of its own:\n"
    "  nbk-bench suite                 fixed workloads in all precisions\n"
    "  nbk-bench matrix                every space, precision and pack width against double\n"
    "  nbk-bench scaling               time against evaluations; threads, start-up, set-up, memory\n"
    "  nbk-bench compare OURS OTHER    two images\n"
    "Scripts beside bench/run that read the folders of runs: bench/report, bench/history, bench/check, "
    "bench/inventory.\n"
    "Exit code: 0 passed, 1 a gate failed or something broke, 2 wrong arguments.";

// Numbers that CLI11 takes, and nothing can be compared with: not a number, infinity.
std::string refuse_infinite(const std::string& text) {
  return std::isfinite(std::strtod(text.c_str(), nullptr)) ? "" : text + " must be a finite number";
}

std::string refuse_unless_positive(const std::string& text) {
  const double value = std::strtod(text.c_str(), nullptr);
  return std::isfinite(value) && value > 0 ? "" : text + " must be a finite number > 0";
}

void declare_common(CLI::App& app, Options& o) {
  app.add_option("--device", o.devices, "where to compute: cpu, cuda, hip, ... (what this build has)")
      ->delimiter(',')
      ->check(CLI::IsMember(devices()))
      ->capture_default_str();
  app.add_option("--dtype", o.dtypes, "precision")
      ->delimiter(',')
      ->check(CLI::IsMember(dtypes()))
      ->capture_default_str();
  app.add_option("--threads", o.threads, fmt::format("host threads, at most {}; 0: all", system::most_host_threads))
      ->delimiter(',')
      ->check(CLI::NonNegativeNumber)
      ->capture_default_str();
  if (o.command != Command::worker) {
    app.add_option("--outdir", o.outdir, "a folder of its own is made in it for this run")->capture_default_str();
  }
}

void declare_timed(CLI::App& app, Options& o, Words& words) {
  app.add_option("--iterations", o.iterations, "timed repetitions; in the suite also pairs with the C program")
      ->check(CLI::Range(1, most_repetitions))
      ->capture_default_str();
  if (o.command == Command::scaling) return;
  app.add_option("--reference", words.reference, "the C program to compare with (else NB_C_BIN)");
  app.add_option("--reference-timeout", o.reference_timeout_s, "seconds the C program gets for one run")
      ->check(refuse_unless_positive)
      ->capture_default_str();
}

void declare_main(CLI::App& app, Options& o, Words& words) {
  app.add_option("--sizes", words.sizes, "detector pixels per side, one record each; 'default': 256 to 4096")
      ->delimiter(',');
  app.add_flag("--profile", o.profile, "write a Chrome trace of every size");
  app.add_option("--warmup", o.warmup, "untimed repetitions before the warm ones")
      ->check(CLI::Range(0, most_repetitions))
      ->capture_default_str();
  app.add_flag("--keep-artifacts", o.keep_artifacts, "keep the float images");
  app.add_option("--min-correlation", o.gates.min_correlation, "gate")->check(refuse_infinite)->capture_default_str();
  app.add_option("--max-sum-ratio-error", o.gates.max_sum_ratio_error, "gate on |sum ratio - 1|")
      ->check(refuse_unless_positive)
      ->capture_default_str();
  app.add_option("--max-warm-setup-ms", o.gates.max_warm_setup_ms, "gate, milliseconds")
      ->check(refuse_unless_positive)
      ->capture_default_str();
  app.footer(footer);
}

void declare_suite(CLI::App& app, Options& o) {
  app.add_flag("--tiny", o.tiny, "every workload made small: does it work at all");
  if (o.command == Command::worker) {
    app.add_option("--case", o.case_file)->required();
    app.add_option("--output", o.output)->required();
    app.add_option("--round", o.round);
    app.add_option("--started", o.started_ns);
    return;
  }
  app.add_option("--only", o.only, "workloads or groups by name; none: all without a group")->delimiter(',');
  app.add_option("--cases", o.cases, "folder of the workloads' files")->capture_default_str();
  app.add_option("--rounds", o.rounds, "processes of each workload and number of threads, in turn")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
}

template <class T>
void require_once(const char* flag, const std::vector<T>& values) {
  for (auto value = values.begin(); value != values.end(); ++value) {
    require(std::find(values.begin(), value, *value) == value, flag, *value, "must be given once");
  }
}

std::vector<int> parse_sizes(const std::vector<std::string>& words) {
  std::vector<int> sizes;
  for (const auto& word : words) {
    if (word == "default") {
      sizes.insert(sizes.end(), {256, 512, 1024, 2048, 4096});
      continue;
    }
    int value = 0;
    const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
    const bool whole = error == std::errc() && end == word.data() + word.size();
    require(whole && value >= smallest_size && value <= largest_size, "--sizes", word,
            fmt::format("must be whole numbers from {} to {}, or 'default'", smallest_size, largest_size));
    sizes.push_back(value);
  }
  return sizes;
}

std::filesystem::path runnable(const char* origin, const std::filesystem::path& path) {
  std::error_code ignored;
  const bool good = std::filesystem::is_regular_file(path, ignored) && ::access(path.c_str(), X_OK) == 0;
  require(good, origin, path.string(), "must be an executable file");
  return std::filesystem::absolute(path);
}

void check(const Options& o) {
  require_once("--dtype", o.dtypes);
  require_once("--device", o.devices);
  require_once("--threads", o.threads);
  for (const int threads : o.threads) {
    require(threads <= system::most_host_threads, "--threads", threads,
            "must be at most " + std::to_string(system::most_host_threads) + ", as many as Kokkos takes");
  }
  require_once("--sizes", o.sizes);  // a second record of a size would overwrite the first one's files
  require(!o.outdir.empty(), "--outdir", "''", "must name a folder");
  const bool many = o.command == Command::suite || o.command == Command::scaling;
  if (o.command != Command::matrix) require(o.devices.size() == 1, "--device", o.devices[1], "must be a single one");
  if (!many) require(o.threads.size() == 1, "--threads", o.threads.back(), "must be a single number");
  if (o.command == Command::main) require(o.dtypes.size() == 1, "--dtype", o.dtypes[1], "must be a single one");
}

}  // namespace

std::vector<std::string> default_arguments() {
  return {"--sizes", "4096",      "--device",     "cpu", "--dtype",
          "float32", "--profile", "--iterations", "1",   "--keep-artifacts"};
}

std::optional<Options> parse_options(Command command, const std::vector<std::string>& arguments,
                                     const std::string& c_program, std::string& help) {
  auto options = defaults(command);
  Words words;
  CLI::App app(description(command), "nbk-bench");
  declare_common(app, options);
  app.set_version_flag("--version", system::named_version("nbk-bench"));
  if (command != Command::matrix) declare_timed(app, options, words);
  if (command == Command::main) {
    declare_main(app, options, words);
  } else if (command != Command::matrix) {
    declare_suite(app, options);
  }
  const bool stands_for_none = command == Command::main && arguments.empty();
  if (!system::parse_command_line(app, stands_for_none ? default_arguments() : arguments, help)) return std::nullopt;
  system::refuse_empty_word(arguments, "--only");
  if (!words.sizes.empty()) options.sizes = parse_sizes(words.sizes);
  if (!words.reference.empty()) {
    options.reference = runnable("--reference", words.reference);
  } else if (!c_program.empty() && (command == Command::main || command == Command::suite)) {
    options.reference = runnable("NB_C_BIN", c_program);
  }
  check(options);
  return options;
}

std::vector<std::string> worker_arguments(const Options& o) {
  std::vector<std::string> words{"worker"};
  const auto add = [&](const char* flag, const std::string& value) { words.insert(words.end(), {flag, value}); };
  add("--case", o.case_file.string());
  add("--output", o.output.string());
  add("--threads", std::to_string(o.threads.at(0)));
  add("--round", std::to_string(o.round));
  add("--started", std::to_string(o.started_ns));
  add("--device", o.devices.at(0));
  add("--dtype", fmt::format("{}", fmt::join(o.dtypes, ",")));
  add("--iterations", std::to_string(o.iterations));
  add("--reference-timeout", fmt::format("{}", o.reference_timeout_s));
  if (o.tiny) words.emplace_back("--tiny");
  if (o.reference) add("--reference", o.reference->string());
  return words;
}

}  // namespace nbk::bench::jobs
