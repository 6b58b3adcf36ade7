// SPDX-License-Identifier: MIT
#pragma once

#include "bench/jobs/driver.hpp"

#include <string>
#include <vector>

namespace nbk::bench {

// The commands that read the folders of earlier runs; as the commands of driver.hpp.

/// Runs over commits: history.md and history.svg.
Exit run_history(const std::vector<std::string>& arguments);

/// Slower, or only noise. \return the process' exit code: beyond Exit, 3 stands for too few figures
int run_check(const std::vector<std::string>& arguments);

/// A run as one page of HTML.
Exit run_report(const std::vector<std::string>& arguments);

}  // namespace nbk::bench
