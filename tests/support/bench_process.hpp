// SPDX-License-Identifier: MIT
#pragma once

#include "bench/system/child_process.hpp"
#include "bench/system/files.hpp"
#include "support/places.hpp"

#include <nlohmann/json.hpp>

#include <filesystem>
#include <string>
#include <utility>
#include <vector>

namespace nbk::testing {

/// nbk-bench as a process, in a scratch folder that goes with this.
class BenchProcess {
 public:
  using Environment = std::vector<std::pair<std::string, std::string>>;

  BenchProcess() : m_scratch("nbk-test") {}

  /// Runs it with `--outdir <out()>`; NB_C_BIN is not set. \return the exit code, -1 for a signal or a timeout
  int run(std::vector<std::string> arguments, const Environment& environment = {}) {
    arguments.insert(arguments.end(), {"--outdir", out().string()});
    return run_plain(std::move(arguments), environment);
  }

  /// The same with these arguments alone.
  int run_plain(std::vector<std::string> arguments, const Environment& environment = {}) {
    bench::system::ChildCommand command;
    command.arguments = {places::bench_program};
    command.arguments.insert(command.arguments.end(), arguments.begin(), arguments.end());
    command.folder = m_scratch.path();
    command.environment = {{"NB_C_BIN", ""}};
    // Tests run beside each other: bound threads would all sit on the same core.
    if (environment.empty()) command.environment.emplace_back("OMP_PROC_BIND", "false");
    command.environment.insert(command.environment.end(), environment.begin(), environment.end());
    command.output = m_scratch.path() / "printed";
    command.timeout_s = 120;
    return bench::system::run_child(command).exit_code;
  }

  /// A program that stands for the C program: `script` sees the name of the image file in $image.
  std::string stand_in(const std::string& name, const std::string& script) {
    const auto path = m_scratch.path() / name;
    bench::system::write_text(path,
                              "#!/bin/sh\nwhile [ \"$1\" != -floatfile ]; do shift; done\nimage=$2\n" + script + "\n");
    std::filesystem::permissions(path, std::filesystem::perms::owner_all);
    return path.string();
  }

  std::filesystem::path out() const { return m_scratch.path() / "out"; }
  const std::filesystem::path& scratch() const { return m_scratch.path(); }
  std::string printed() const { return bench::system::read_text(m_scratch.path() / "printed"); }

  /// The folders of runs directly below `parent`, without "failed".
  static std::vector<std::filesystem::path> runs(const std::filesystem::path& parent) {
    std::vector<std::filesystem::path> found;
    if (!std::filesystem::exists(parent)) return found;
    for (const auto& entry : std::filesystem::directory_iterator(parent)) {
      if (entry.path().filename() != "failed") found.push_back(entry.path());
    }
    return found;
  }

  static nlohmann::json json(const std::filesystem::path& path) {
    return nlohmann::json::parse(bench::system::read_text(path));
  }

 private:
  bench::system::TemporaryFolder m_scratch;
};

}  // namespace nbk::testing
