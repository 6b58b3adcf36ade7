// SPDX-License-Identifier: MIT
#pragma once

#include "support/places.hpp"
#include "support/program_process.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace nbk::testing {

/// nbk-render as a process.
class RenderProcess : public ProgramProcess {
 public:
  RenderProcess() : ProgramProcess(places::render_program) {}

  /// Runs a line of a shell, in which "$RENDER" is the program. \return the exit code, -1 for a signal or a timeout
  int run_in_shell(const std::string& line) { return run_words({"/bin/sh", "-c", line}, {{"RENDER", program()}}); }

  /// The names of everything in the folder.
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder())) {
      names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }
};

}  // namespace nbk::testing
