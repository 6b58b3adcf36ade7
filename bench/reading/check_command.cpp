// SPDX-License-Identifier: MIT
#include "bench/evidence/run_folder.hpp"
#include "bench/measure/statistics.hpp"
#include "bench/reading/bootstrap.hpp"
#include "bench/reading/evidence_commands.hpp"
#include "bench/reading/evidence_options.hpp"
#include "bench/reading/run_list.hpp"
#include "bench/system/child_process.hpp"
#include "bench/system/signals.hpp"
#include "nbk/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <set>

namespace nbk::bench::reading {
namespace {

namespace fs = std::filesystem;

constexpr int exit_too_few = 3;
constexpr double program_timeout_s = 3600;

struct Side {
  RunList list;
  // Of a workload: all its records, oldest first.
  std::vector<const RunRecord*> of(const std::string& workload) const {
    std::vector<const RunRecord*> found;
    for (const auto& record : list.records) {
      if (record.workload == workload) found.push_back(&record);
    }
    return found;
  }
};

void run_program_once(const fs::path& program, const Words& arguments, const fs::path& outdir) {
  system::ChildCommand command;
  command.arguments = {fs::absolute(program).string()};
  command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
  command.arguments.insert(command.arguments.end(), {"--outdir", outdir.string()});
  command.timeout_s = program_timeout_s;
  const auto result = system::run_child(command, [](double) { return system::InterruptWatch::pending() == 0; });
  system::InterruptWatch::check();
  // A gate that fails is in the record; anything else is no run.
  if (result.exit_code != 0 && result.exit_code != 1) {
    throw FileError(fmt::format("{}: {}", program.string(), result.explain(program_timeout_s)));
  }
  if (!fs::is_directory(outdir)) throw FileError(program.string() + ": has left no run, so it is no nbk-bench");
}

// A pair is one run of each; who comes first changes from pair to pair, so that neither has the colder machine.
fs::path run_pairs(const CheckOptions& options) {
  const system::InterruptWatch interrupts;
  evidence::RunFolder folder(options.output, std::chrono::system_clock::now());
  const Words standard{"--sizes", "1024", "--iterations", "3"};
  const auto& arguments = options.program_arguments.empty() ? standard : options.program_arguments;
  for (int i = 0; i < options.pairs; ++i) {
    for (const bool base : {i % 2 == 0, i % 2 != 0}) {
      run_program_once(base ? options.base : options.fresh, arguments, folder.path() / (base ? "base" : "new"));
    }
  }
  folder.finish();
  return folder.path();
}

std::vector<double> medians(const std::vector<const RunRecord*>& records, const std::string& part) {
  std::vector<double> values;
  for (const auto* record : records) {
    if (record->seconds.contains(part)) values.push_back(measure::median(record->seconds.at(part)));
  }
  return values;
}

// One run each: their repetitions. More: the medians of the runs, because repetitions of a process share its luck.
RatioInterval interval_of(const std::vector<const RunRecord*>& base, const std::vector<const RunRecord*>& fresh,
                          const CheckOptions& options, bool in_turn) {
  if (base.size() == 1 && fresh.size() == 1) {
    return bootstrap_ratio(base[0]->seconds.at(options.part), fresh[0]->seconds.at(options.part), Pairing::independent,
                           options.confidence);
  }
  const auto old_times = medians(base, options.part), new_times = medians(fresh, options.part);
  const bool pairs = in_turn && old_times.size() == new_times.size();
  return bootstrap_ratio(old_times, new_times, pairs ? Pairing::pairs : Pairing::independent, options.confidence);
}

const char* words_for(Change change) {
  switch (change) {
    case Change::slower: return "SLOWER";
    case Change::faster: return "faster";
    case Change::same: return "the same";
    case Change::undecided: break;
  }
  return "not decided: take more pairs";
}

bool failed_now(const std::vector<const RunRecord*>& base, const std::vector<const RunRecord*>& fresh) {
  const auto failures = [](const auto& records) {
    return std::count_if(records.begin(), records.end(), [](const RunRecord* record) { return !record->passed; });
  };
  return failures(base) == 0 && failures(fresh) > 0;
}

void require_one_machine(const Side& base, const Side& fresh) {
  std::set<std::string> fingerprints;
  for (const auto* side : {&base, &fresh}) {
    for (const auto& record : side->list.records) fingerprints.insert(record.fingerprint);
  }
  require(fingerprints.size() <= 1, "NEW", fmt::format("fingerprints {}", fmt::join(fingerprints, ", ")),
          "must be of BASE's machine, compiler and flags; --other-machine compares nevertheless");
}

int judge_all(const Side& base, const Side& fresh, const CheckOptions& options, bool in_turn) {
  std::set<std::string> workloads;
  for (const auto& record : fresh.list.records) workloads.insert(record.workload);
  int judged = 0, bad = 0;
  for (const auto& workload : workloads) {
    const auto before = base.of(workload), after = fresh.of(workload);
    if (before.empty()) continue;
    if (failed_now(before, after)) {
      fmt::print("{}: FAILED, and did not before\n", workload);
      ++bad;
    }
    try {
      const auto interval = interval_of(before, after, options, in_turn);
      const auto change = change_of(interval, options.tolerance);
      fmt::print("{}: {} NEW / BASE = {:.4f}, {:g} % interval {:.4f} to {:.4f}, {} and {} runs{}: {}\n", workload,
                 options.part, interval.ratio, 100 * options.confidence, interval.low, interval.high, before.size(),
                 after.size(), in_turn ? " in turn" : "", words_for(change));
      ++judged;
      if (change == Change::slower) ++bad;
    } catch (const InvalidInput& error) {
      fmt::print("{}: {}\n", workload, error.what());
    }
  }
  if (bad > 0) return static_cast<int>(system::Exit::failed);
  if (judged > 0) return static_cast<int>(system::Exit::passed);
  fmt::print("Nothing to judge: the same workload must be on both sides, with at least {} figures each.\n",
             fewest_figures);
  return exit_too_few;
}

}  // namespace

int run_check(const std::vector<std::string>& arguments) {
  std::string help;
  auto options = parse_check_options(arguments, help);
  if (!options) {
    fmt::print("{}", help);
    return static_cast<int>(system::Exit::passed);
  }
  const bool programs = fs::is_regular_file(options->base) && fs::is_regular_file(options->fresh);
  require(programs || (fs::is_directory(options->base) && fs::is_directory(options->fresh)), "BASE and NEW",
          options->base.string() + " " + options->fresh.string(), "must be two programs, or two folders of runs");
  if (programs) {
    const auto folder = run_pairs(*options);
    options->base = folder / "base";
    options->fresh = folder / "new";
  }
  const Side base{read_runs({options->base})}, fresh{read_runs({options->fresh})};
  // Two programs may well differ in their flags: that is what is compared then.
  if (!programs && !options->other_machine) require_one_machine(base, fresh);
  return judge_all(base, fresh, *options, programs);
}

}  // namespace nbk::bench::reading
