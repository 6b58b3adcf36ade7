// SPDX-License-Identifier: MIT
#pragma once

#include "bench/system/child_process.hpp"
#include "bench/system/files.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

namespace nbk::testing {

/// nbk-render as a process, in a scratch folder that goes with this.
class RenderProcess {
 public:
  RenderProcess() : m_scratch("nbk-test") {}

  /// \return the exit code, -1 for a signal or a timeout
  int run(const std::vector<std::string>& arguments) {
    bench::system::ChildCommand command;
    command.arguments = {NBK_RENDER_PROGRAM};
    command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
    command.folder = m_scratch.path();
    command.environment = {{"OMP_PROC_BIND", "false"}};
    command.output = m_output.path() / "printed";
    command.timeout_s = 120;
    return bench::system::run_child(command).exit_code;
  }

  /// Runs a line of a shell, in which "$RENDER" is the program. \return the exit code, -1 for a signal or a timeout
  int run_in_shell(const std::string& line) {
    bench::system::ChildCommand command;
    command.arguments = {"/bin/sh", "-c", line};
    command.folder = m_scratch.path();
    command.environment = {{"OMP_PROC_BIND", "false"}, {"RENDER", NBK_RENDER_PROGRAM}};
    command.output = m_output.path() / "printed";
    command.timeout_s = 60;
    return bench::system::run_child(command).exit_code;
  }

  const std::filesystem::path& folder() const { return m_scratch.path(); }
  std::filesystem::path file(const std::string& name) const { return m_scratch.path() / name; }
  std::string bytes(const std::string& name) const { return bench::system::read_text(file(name)); }
  std::string printed() const { return bench::system::read_text(m_output.path() / "printed"); }

  /// The names of everything in the folder.
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(m_scratch.path())) {
      names.push_back(entry.path().filename().string());
    }
    std::sort(names.begin(), names.end());
    return names;
  }

 private:
  bench::system::TemporaryFolder m_scratch;
  bench::system::TemporaryFolder m_output{"nbk-test-output"};
};

}  // namespace nbk::testing
