// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace nbk::bench {

/// How a command ended, as the process' exit code.
enum class Exit { passed = 0, failed = 1, wrong_arguments = 2 };

/// The main job, from the words behind the program's name to the evidence in its folder.
/// \return passed, or failed where a gate or the reference did; an interrupted run ends with its signal
/// \throws InvalidInput for arguments that cannot be used, before anything is run
Exit run_main_job(const std::vector<std::string>& arguments);

/// Whole program: picks the command, turns errors into one line on stderr and an exit code.
/// \param arguments without the program's name
int run_program(const std::vector<std::string>& arguments);

}  // namespace nbk::bench
