// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace nbk::bench::jobs {

/// Runs the whole program: picks the command, turns errors into one line on stderr and an exit code.
/// \param arguments  without the program's name
int run_program(const std::vector<std::string>& arguments);

}  // namespace nbk::bench::jobs
