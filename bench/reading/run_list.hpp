// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace nbk::bench::reading {

/// One record of one run, as far as runs are compared with each other.
struct RunRecord {
  std::filesystem::path run;         ///< its folder
  std::string started, fingerprint;  ///< runs of one fingerprint may be compared
  std::string commit;                ///< "" where not known
  bool changed = false;              ///< the commit was not what was built
  std::string workload;              ///< with size, precision, device and threads
  bool passed = false;
  std::map<std::string, std::vector<double>> seconds;  ///< by setup_s, simulation_s, copy_out_s, total_s; warm, raw
  std::optional<double> correlation, max_abs_diff;     ///< warm image and reference
};

/// Records of several runs.
struct RunList {
  std::vector<RunRecord> records;  ///< oldest run first
  int runs = 0;
  int incomplete = 0;  ///< folders without a complete record, left out
};

/// Reads runs: each path is a run's folder, or a folder of runs, whose failed/ is read, too.
/// \throws FileError naming a record that is none
RunList read_runs(const std::vector<std::filesystem::path>& paths);

}  // namespace nbk::bench::reading
