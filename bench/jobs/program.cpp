// SPDX-License-Identifier: MIT
#include "bench/jobs/compare_command.hpp"
#include "bench/jobs/driver.hpp"
#include "bench/reading/evidence_commands.hpp"
#include "bench/system/signals.hpp"
#include "nbk/core/error.hpp"

#include <fmt/format.h>

#include <array>
#include <csignal>

namespace nbk::bench::jobs {
namespace {

using Command = system::Exit (*)(const std::vector<std::string>&);

system::Exit dispatch(const std::vector<std::string>& arguments) {
  struct Entry {
    std::string_view name;
    Command run;
  };
  // The main job has no name: it is what the program is for.
  constexpr std::array commands{Entry{"suite", run_suite},
                                Entry{"suite-worker", run_suite_worker_command},
                                Entry{"matrix", run_matrix},
                                Entry{"scaling", run_scaling},
                                Entry{"start-up-worker", run_start_up_worker},
                                Entry{"inventory", reading::run_inventory},
                                Entry{"history", reading::run_history},
                                Entry{"report", reading::run_report}};
  for (const auto& [name, run] : commands) {
    if (!arguments.empty() && arguments[0] == name) return run({arguments.begin() + 1, arguments.end()});
  }
  return run_main_job(arguments);
}

int complain(const std::exception& error, system::Exit code) {
  fmt::print(stderr, "nbk-bench: {}\n", error.what());
  return static_cast<int>(code);
}

}  // namespace

int run_program(const std::vector<std::string>& arguments) {
  try {
    // These have exit codes of their own.
    if (!arguments.empty() && arguments[0] == "compare") {
      return static_cast<int>(run_compare({arguments.begin() + 1, arguments.end()}));
    }
    if (!arguments.empty() && arguments[0] == "check")
      return reading::run_check({arguments.begin() + 1, arguments.end()});
    return static_cast<int>(dispatch(arguments));
  } catch (const system::Interrupted& interrupted) {
    // End by the signal itself, so that a shell script around this ends, too.
    fmt::print(stderr, "nbk-bench: {}\n", interrupted.what());
    std::signal(interrupted.signal(), SIG_DFL);
    std::raise(interrupted.signal());
    return 128 + interrupted.signal();
  } catch (const InvalidInput& error) {
    return complain(error, system::Exit::wrong_arguments);
  } catch (const std::exception& error) {
    return complain(error, system::Exit::failed);
  }
}

}  // namespace nbk::bench::jobs
