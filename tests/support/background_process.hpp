// SPDX-License-Identifier: MIT
#pragma once

#include "bench/system/child_process.hpp"
#include "bench/system/files.hpp"

#include <filesystem>
#include <string>
#include <vector>

namespace nbk::testing {

/// nbk-background as a process, in a scratch folder that goes with this.
class BackgroundProcess {
 public:
  /// \return the exit code, -1 for a signal or a timeout
  int run(const std::vector<std::string>& arguments) {
    bench::system::ChildCommand command;
    command.arguments = {NBK_BACKGROUND_PROGRAM};
    command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
    command.folder = m_scratch.path();
    command.output = m_output.path() / "printed";
    command.timeout_s = 60;
    return bench::system::run_child(command).exit_code;
  }

  std::filesystem::path file(const std::string& name) const { return m_scratch.path() / name; }
  std::string bytes(const std::string& name) const { return bench::system::read_text(file(name)); }
  std::string printed() const { return bench::system::read_text(m_output.path() / "printed"); }

 private:
  bench::system::TemporaryFolder m_scratch{"nbk-test"};
  bench::system::TemporaryFolder m_output{"nbk-test-output"};
};

}  // namespace nbk::testing
