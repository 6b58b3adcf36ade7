// SPDX-License-Identifier: MIT
#include "bench/jobs/compare_command.hpp"
#include "bench/jobs/program.hpp"
#include "bench/jobs/run.hpp"

#include <array>

namespace nbk::bench::jobs {
namespace {

using Words = std::vector<std::string>;

int suite(const Words& words) {
  return static_cast<int>(run_job({"suite", Command::suite, run_suite, false, require_workloads}, words));
}

int scaling(const Words& words) {
  return static_cast<int>(run_job({"scaling", Command::scaling, run_suite, false, require_workloads}, words));
}

int matrix(const Words& words) {
  return static_cast<int>(run_job({"matrix", Command::matrix, run_matrix, true, nullptr}, words));
}

int worker(const Words& words) {
  const auto options = read_options(Command::worker, words);
  const system::InterruptWatch interrupts;
  if (options) run_worker(*options);
  return static_cast<int>(system::Exit::passed);
}

int compare(const Words& words) { return static_cast<int>(run_compare(words)); }

}  // namespace

std::span<const ProgramCommand> all_commands() {
  static const std::array<ProgramCommand, 6> commands{{main_job_alone().front(),
                                                       {"suite", suite},
                                                       {"matrix", matrix},
                                                       {"scaling", scaling},
                                                       {"worker", worker},
                                                       {"compare", compare}}};
  return commands;
}

}  // namespace nbk::bench::jobs
