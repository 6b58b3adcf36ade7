// SPDX-License-Identifier: MIT
#pragma once

#include "bench/system/exit.hpp"

#include <string>
#include <vector>

namespace nbk::bench::reading {

// The commands that read the folders of earlier runs; as the commands of driver.hpp.

/// Where the time of a profiled run went.
system::Exit run_inventory(const std::vector<std::string>& arguments);

/// Runs over commits: history.md and history.svg.
system::Exit run_history(const std::vector<std::string>& arguments);

/// Slower, or only noise. \return the process' exit code: beyond Exit, 3 stands for too few figures
int run_check(const std::vector<std::string>& arguments);

/// A run as one page of HTML.
system::Exit run_report(const std::vector<std::string>& arguments);

}  // namespace nbk::bench::reading
