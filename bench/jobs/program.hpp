// SPDX-License-Identifier: MIT
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace nbk::bench::jobs {

/// A command of the program.
struct ProgramCommand {
  std::string_view name;                              ///< "" for the main job, which is what the program is for
  int (*run)(const std::vector<std::string>& words);  ///< does it; `words` are those behind the name
};

/// Returns the main job alone, for a program that is built sooner.
std::span<const ProgramCommand> main_job_alone();

/// Returns all commands.
std::span<const ProgramCommand> all_commands();

/// Runs the whole program: picks the command, turns errors into one line on stderr and an exit code.
/// \param arguments  without the program's name \param commands  the main job among them
int run_program(const std::vector<std::string>& arguments, std::span<const ProgramCommand> commands);

}  // namespace nbk::bench::jobs
