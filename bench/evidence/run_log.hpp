// SPDX-License-Identifier: MIT
#pragma once

#include "bench/system/status_line.hpp"
#include "bench/system/stopwatch.hpp"

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>

namespace nbk::bench::evidence {

/// Log of a run, step by step: every line with its time goes to a file, and the step in progress to the terminal,
/// where stderr is one.
class RunLog {
 public:
  /// \throws FileError
  explicit RunLog(const std::filesystem::path& file);

  /// A line for the file only.
  void note(std::string_view text);
  /// Names the step that begins; `fraction` of the whole run is behind, 0 to 1.
  void step(std::string_view text, double fraction);
  /// The same step goes on: shows the time it takes.
  void tick();
  /// Takes the line off the terminal, before something else is printed.
  void clear() { m_line.clear(); }

 private:
  void show(std::string_view text);

  std::ofstream m_file;
  std::filesystem::path m_path;
  system::Stopwatch m_run, m_step;
  std::string m_current;
  double m_fraction = 0;
  system::StatusLine m_line;
};

}  // namespace nbk::bench::evidence
