// SPDX-License-Identifier: MIT
#include "bench/jobs/suite_process.hpp"

#include "bench/system/child_process.hpp"
#include "bench/system/files.hpp"
#include "bench/system/signals.hpp"
#include "nbk/core/error.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

namespace nbk::bench::jobs {
namespace {

// A workload with one number of threads takes minutes with the C program at most, and has its own time-outs inside.
constexpr double timeout_s = 7200;

}  // namespace

long long steady_now_ns() {
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

void run_self(const std::string& what, const std::vector<std::string>& arguments, int threads,
              const std::function<void()>& tick) {
  const system::TemporaryFolder scratch("nbk-suite");
  system::ChildCommand command;
  command.output = scratch.path() / "printed";
  command.timeout_s = timeout_s;
  command.environment = {{"OMP_NUM_THREADS", std::to_string(threads)}};
  command.arguments = {std::filesystem::canonical("/proc/self/exe").string()};
  command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
  const auto result = system::run_child(command, [&](double) {
    tick();
    return system::InterruptWatch::pending() == 0;
  });
  system::InterruptWatch::check();
  if (!result.good()) {
    throw FileError(fmt::format("{}, {} threads: {}: {}", what, threads, result.explain(timeout_s),
                                system::tail_of(command.output, 400)));
  }
}

Json run_worker_process(const std::string& name, WorkerOptions options, const std::function<void()>& tick) {
  const system::TemporaryFolder scratch("nbk-suite");
  options.output = scratch.path() / "records";
  options.started_ns = steady_now_ns();
  run_self(name, worker_arguments(options), options.threads, tick);
  return Json::parse(system::read_text(options.output));
}

}  // namespace nbk::bench::jobs
