// SPDX-License-Identifier: MIT
#pragma once

#include "support/places.hpp"
#include "support/program_process.hpp"

#include <string>
#include <vector>

namespace nbk::testing {

/// A program that stands in for one of the C programs.
struct DropInProcess : ProgramProcess {
  using ProgramProcess::ProgramProcess;

  /// Runs a line of a shell, in which "$PROGRAM" is the program. \return the exit code, -1 for a signal or a timeout
  int run_in_shell(const std::string& line) { return run_words({"/bin/sh", "-c", line}, {{"PROGRAM", program()}}); }
};

/// nbk-noise as a process.
struct NoiseProcess : DropInProcess {
  NoiseProcess() : DropInProcess(places::noise_program) {}
};

/// nbk-background as a process.
struct BackgroundProcess : DropInProcess {
  BackgroundProcess() : DropInProcess(places::background_program) {}
};

/// Streams of a shell that take nothing.
inline const std::vector<std::string> deaf_streams{"2>&-", ">&- 2>&-", "<&- >&- 2>&-", "2>/dev/full",
                                                   ">/dev/full 2>/dev/full"};

}  // namespace nbk::testing
