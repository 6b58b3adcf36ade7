// SPDX-License-Identifier: MIT
#pragma once

#include "bench/system/child_process.hpp"
#include "bench/system/files.hpp"

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace nbk::testing {

/// A program as a process, in a scratch folder that goes with this.
class ProgramProcess {
 public:
  explicit ProgramProcess(std::string program) : m_program(std::move(program)) {}

  /// \return the exit code, -1 for a signal or a timeout
  int run(const std::vector<std::string>& arguments) {
    std::vector<std::string> words{m_program};
    words.insert(words.end(), arguments.begin(), arguments.end());
    return run_words(std::move(words));
  }

  const std::filesystem::path& folder() const { return m_scratch.path(); }
  std::filesystem::path file(const std::string& name) const { return m_scratch.path() / name; }
  std::string bytes(const std::string& name) const { return bench::system::read_text(file(name)); }
  std::string printed() const { return bench::system::read_text(m_output.path() / "printed"); }

 protected:
  int run_words(std::vector<std::string> words, std::vector<std::pair<std::string, std::string>> environment = {}) {
    bench::system::ChildCommand command;
    command.arguments = std::move(words);
    command.folder = m_scratch.path();
    command.environment = {{"OMP_PROC_BIND", "false"}};
    command.environment.insert(command.environment.end(), environment.begin(), environment.end());
    command.output = m_output.path() / "printed";
    command.timeout_s = 120;
    return bench::system::run_child(command).exit_code;
  }

  const std::string& program() const { return m_program; }

 private:
  std::string m_program;
  bench::system::TemporaryFolder m_scratch{"nbk-test"};
  bench::system::TemporaryFolder m_output{"nbk-test-output"};
};

}  // namespace nbk::testing
