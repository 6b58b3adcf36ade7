// SPDX-License-Identifier: MIT
#include "bench/jobs/program.hpp"

#include "bench/system/exit.hpp"
#include "bench/system/signals.hpp"
#include "bench/system/terminal.hpp"
#include "nbk/core/error.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <csignal>

namespace nbk::bench::jobs {
namespace {

int dispatch(const std::vector<std::string>& arguments, std::span<const ProgramCommand> commands) {
  const auto name = arguments.empty() ? std::string() : arguments[0];
  for (const char* script : {"report", "history", "check", "inventory"}) {
    if (name == script) throw InvalidInput(fmt::format("{0} is a command of its own now: bench/{0}", name));
  }
  const auto named = [](std::string_view wanted) {
    return [wanted](const ProgramCommand& command) { return command.name == wanted; };
  };
  const auto found = std::find_if(commands.begin(), commands.end(), named(name));
  if (found == commands.end()) return std::find_if(commands.begin(), commands.end(), named(""))->run(arguments);
  return found->run(arguments.empty() ? arguments : std::vector<std::string>{arguments.begin() + 1, arguments.end()});
}

int complain(const std::exception& error, system::Exit code) {
  system::say(stderr, "nbk-bench: {}\n", error.what());
  return static_cast<int>(code);
}

}  // namespace

int run_program(const std::vector<std::string>& arguments, std::span<const ProgramCommand> commands) {
  system::keep_standard_streams();
  try {
    return dispatch(arguments, commands);
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
