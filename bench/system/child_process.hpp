// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

namespace nbk::bench::system {

/// A program to run as a process of its own.
struct ChildCommand {
  std::vector<std::string> arguments;  ///< the program's path first; not looked up in PATH if it has a slash
  std::filesystem::path folder = ".";  ///< its working folder
  std::vector<std::pair<std::string, std::string>> environment;  ///< added to this process' own
  double timeout_s = 60;                                         ///< after this it and what it started are killed
  std::filesystem::path output;  ///< file that gets its stdout and stderr; empty: thrown away
};

/// Its end.
struct ChildResult {
  int exit_code = -1;  ///< -1 where a signal ended it
  int signal = 0;      ///< 0: it ended by itself
  bool timed_out = false;
  bool stopped = false;  ///< `keep_going` said no
  double wall_s = 0;     ///< from just before its start to its end
  std::uint64_t peak_memory_bytes = 0;

  bool good() const { return exit_code == 0 && !timed_out && !stopped; }
  /// "exit code 3", "signal 11", "no end within 5 s".
  std::string explain(double timeout_s) const;
};

/// Runs a program to its end, on all processors this process was given. It dies with this process, also where this
/// process is killed. \param keep_going asked about five times a second with the seconds so far; false kills the
/// program. May be empty. \throws FileError where the program cannot be started
ChildResult run_child(const ChildCommand& command, const std::function<bool(double)>& keep_going = {});

/// Output of a quick helper program (stdout and stderr); empty where it fails in any way.
std::string output_of(std::vector<std::string> arguments, double timeout_s = 10);

}  // namespace nbk::bench::system
