// SPDX-License-Identifier: MIT
#pragma once

#include "bench/jobs/options.hpp"
#include "bench/jobs/record.hpp"
#include "bench/kernels/image_in_packs.hpp"

#include <optional>
#include <string>
#include <vector>

namespace nbk::bench::jobs {

/// A workload that was left out.
struct Skipped {
  std::string workload, reason;
};

/// Everything that a run gave.
struct Results {
  Command command = Command::main;
  std::vector<Record> records;
  std::vector<Skipped> skipped;
  std::vector<std::string> errors;        ///< of processes that failed
  std::optional<measure::Peaks> peaks;    ///< main, with a trace
  std::vector<KnownSpace> spaces;         ///< matrix: all that Kokkos knows
  std::vector<std::string> not_compiled;  ///< matrix

  /// Sentences that say why the run did not pass; empty where it did.
  std::vector<std::string> failures() const;
  /// "suite_results.json"
  std::string file_name() const;
};

/// Parity that an image of the matrix has to reach. It has no sharp peaks, so that single pixels are judged, too.
measure::ParityBounds matrix_bounds_of(const std::string& dtype);

/// "main, float32, 2 threads, 16 pixels per pack"; the main job is named by its size.
std::string label_of(const Record& record);

}  // namespace nbk::bench::jobs
