// SPDX-License-Identifier: MIT
#include "bench/jobs/program.hpp"

#include "bench/jobs/compare_command.hpp"
#include "bench/jobs/run.hpp"
#include "bench/system/terminal.hpp"
#include "nbk/core/error.hpp"

#include <fmt/format.h>

#include <csignal>
#include <map>

namespace nbk::bench::jobs {
namespace {

int dispatch(const std::vector<std::string>& arguments) {
  // The main job has no name: it is what the program is for.
  static const std::map<std::string, Command> commands{{"suite", Command::suite},
                                                       {"matrix", Command::matrix},
                                                       {"scaling", Command::scaling},
                                                       {"worker", Command::worker}};
  const auto name = arguments.empty() ? std::string() : arguments[0];
  for (const char* script : {"report", "history", "check", "inventory"}) {
    if (name == script) throw InvalidInput(fmt::format("{0} is a command of its own now: bench/{0}", name));
  }
  const auto rest = arguments.empty() ? arguments : std::vector<std::string>{arguments.begin() + 1, arguments.end()};
  if (name == "compare") return static_cast<int>(run_compare(rest));
  const auto found = commands.find(name);
  return static_cast<int>(found == commands.end() ? run_command(Command::main, arguments)
                                                  : run_command(found->second, rest));
}

int complain(const std::exception& error, system::Exit code) {
  system::say(stderr, "nbk-bench: {}\n", error.what());
  return static_cast<int>(code);
}

}  // namespace

int run_program(const std::vector<std::string>& arguments) {
  system::keep_standard_streams();
  try {
    return dispatch(arguments);
  } catch (const system::Interrupted& interrupted) {
    // End by the signal itself, so that a shell script around this ends, too.
    system::say(stderr, "nbk-bench: {}\n", interrupted.what());
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
