// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

namespace nbk::testing {

/// What a program does that runs on a terminal.
struct TerminalResult {
  int exit_code = -1;
  std::string printed;  ///< stdout and stderr, as a terminal gets it
};

/// Runs a program whose stdin, stdout and stderr are a terminal of its own.
TerminalResult run_on_terminal(const std::vector<std::string>& arguments, const std::filesystem::path& folder);

}  // namespace nbk::testing
