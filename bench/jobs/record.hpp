// SPDX-License-Identifier: MIT
#pragma once

#include "bench/evidence/environment.hpp"
#include "bench/jobs/gates.hpp"
#include "bench/jobs/options.hpp"
#include "bench/measure/measure.hpp"
#include "bench/measure/parity.hpp"
#include "bench/measure/peaks.hpp"
#include "bench/measure/reference_image.hpp"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nbk::bench::jobs {

/// Version of benchmark_results.json; docs/schema/benchmark_results.schema.json describes it. A change that a reader
/// could stumble over makes it one more.
inline constexpr int schema_version = 1;

/// Everything one size of the main job gave.
struct Outcome {  // NOLINT(bugprone-exception-escape): Json may be moved without an exception
  measure::Measurement nbk;
  Json reference;  ///< Reference::describe()
  std::optional<double> reference_time_s;
  std::uint64_t reference_peak_memory_bytes = 0;
  std::vector<std::string> reference_command;
  std::string reference_error;                ///< why there is no reference image; empty where there is one
  std::optional<measure::Parity> cold, warm;  ///< of nbk's images with the reference's
  double file_writing_s = 0;
  std::uint64_t peak_memory_bytes = 0;  ///< of this process so far
  std::vector<std::string> artifacts;   ///< files of the run's folder
};

/// Parity of the cold and of the warm image with the reference's. \param width pixels along the fast axis
void compare_with(const std::vector<float>& reference, std::size_t width, Outcome& outcome);

/// {"raw": [...], "median": m, "mad": d}, seconds
Json statistics_of(const std::vector<double>& seconds);

/// {"float32_operations_per_s": ..., "float64_operations_per_s": ..., "store_bytes_per_s": ...}
Json peaks_json(const measure::Peaks& peaks);

/// The record of one size. Numbers that do not exist (no reference, not a number) are null.
Json make_record(const Options& options, const measure::Workload& workload, const Outcome& outcome);

/// The sentences that say why a record did not pass; empty where it did.
std::vector<std::string> reasons_of(const Json& record);

}  // namespace nbk::bench::jobs
