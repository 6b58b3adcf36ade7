// SPDX-License-Identifier: MIT
#include "bench/jobs/run.hpp"
#include "bench/jobs/suite_case.hpp"
#include "bench/jobs/worker_records.hpp"
#include "bench/system/child_process.hpp"
#include "bench/system/files.hpp"
#include "bench/system/host_threads.hpp"
#include "bench/system/machine.hpp"
#include "nbk/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <span>

namespace nbk::bench::jobs {
namespace {

// A workload with one number of threads takes minutes with the C program at most, and has its own time-outs inside.
constexpr double timeout_s = 7200;

// This program again, in a process of its own. \throws FileError saying why it did not end well; Interrupted
std::vector<Record> run_process(Run& run, Options options, const std::string& name) {
  const system::TemporaryFolder scratch("nbk-suite");
  options.output = scratch.path() / "records";
  options.started_ns = system::steady_now_ns();
  system::ChildCommand command;
  command.output = scratch.path() / "printed";
  command.timeout_s = timeout_s;
  command.environment = {{"OMP_NUM_THREADS", std::to_string(options.threads[0])}};
  command.arguments = worker_arguments(options);
  command.arguments.insert(command.arguments.begin(), std::filesystem::canonical("/proc/self/exe").string());
  const auto result = system::run_child(command, [&](double) {
    run.log().tick();
    return system::InterruptWatch::pending() == 0;
  });
  system::InterruptWatch::check();
  if (!result.good()) {
    throw FileError(fmt::format("{}, {} threads: {}: {}", name, options.threads[0], result.explain(timeout_s),
                                system::tail_of(command.output, 400)));
  }
  return nlohmann::json::from_cbor(system::read_text(options.output)).get<std::vector<Record>>();
}

// One process that fails does not lose the others.
void run_one(Run& run, const SuiteCase& suite_case, int threads, int round) {
  auto options = run.options();
  options.case_file = options.cases / (suite_case.name + ".json");
  options.threads = {threads};
  options.round = round;
  auto& results = run.results();
  try {
    for (auto& record : run_process(run, options, suite_case.name)) results.records.push_back(std::move(record));
  } catch (const FileError& error) {
    run.log().note(error.what());
    results.errors.emplace_back(error.what());
  }
  run.save_progress();
}

std::vector<int> distinct_threads(const std::vector<int>& asked) {
  std::vector<int> all;
  for (const int threads : asked) {
    const int count = threads > 0 ? threads : std::min(system::processors(), system::most_host_threads);
    if (std::find(all.begin(), all.end(), count) == all.end()) all.push_back(count);
  }
  return all;
}

// Scaling has its line of growing workloads as well.
std::vector<SuiteCase> chosen_cases(const Options& options) {
  auto cases = read_cases(options.cases, options.only);
  if (options.command != Command::scaling || !options.only.empty()) return cases;
  for (auto& suite_case : read_cases(options.cases, {"linear", "domains"})) cases.push_back(std::move(suite_case));
  return cases;
}

}  // namespace

void require_workloads(const Options& options) { chosen_cases(options); }

void run_suite(Run& run) {
  const auto& options = run.options();
  const auto cases = chosen_cases(options);
  const auto threads = distinct_threads(options.threads);
  const auto count = static_cast<double>(cases.size());
  for (double done = 0; const auto& suite_case : cases) {
    const double fraction = done++ / count;
    if (const auto missing = suite_case.missing(); !missing.empty()) {
      run.log().note("skipped: " + missing);
      run.results().skipped.push_back({suite_case.name, missing});
      continue;
    }
    // The line's points show how time grows; one process with all threads tells.
    const bool is_point = options.command == Command::scaling && !suite_case.group.empty();
    const auto numbers = is_point ? std::span(threads).last(1) : std::span(threads);
    for (int round = 1; round <= (is_point ? 1 : options.rounds); ++round) {
      for (const int number : numbers) {
        run.log().step(fmt::format("{}, {} threads, round {}", suite_case.name, number, round), fraction);
        run_one(run, suite_case, number, round);
      }
    }
  }
}

}  // namespace nbk::bench::jobs
