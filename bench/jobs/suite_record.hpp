// SPDX-License-Identifier: MIT
#pragma once

#include "bench/evidence/environment.hpp"
#include "bench/jobs/suite_case.hpp"
#include "bench/measure/arithmetic.hpp"
#include "bench/measure/measure.hpp"
#include "bench/measure/parity.hpp"
#include "bench/measure/peaks.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace nbk::bench::jobs {

/// Version of suite_results.json; docs/schema/suite_results.schema.json describes it.
inline constexpr int suite_schema_version = 1;

/// Once the C program with all of its pixels, once with one, and nbk right after: what the machine does otherwise is
/// the same for all three.
struct Pair {
  double full_s = 0, one_pixel_s = 0;  ///< of the C program's process
  double nbk_s = 0;                    ///< of nbk's simulation

  /// The C program's pixel loop over nbk's.
  double ratio() const { return (full_s - one_pixel_s) / nbk_s; }
};

/// What one workload gave in one precision.
struct SuiteOutcome {
  std::string dtype;
  measure::Setting setting;
  measure::Arithmetic arithmetic;
  double setup_cold_s = 0, simulation_cold_s = 0;
  std::vector<double> simulation_s;  ///< warm
  std::vector<double> setup_warm_s;
  std::optional<double> startup_s;  ///< process start to first launch, of the first precision
  std::uint64_t memory_before_bytes = 0, memory_peak_bytes = 0;  ///< 0: not known
  std::string checksum;
  std::optional<measure::Parity> with_double;  ///< of the image with the float64 one
  std::optional<measure::Parity> with_c_program;
  std::vector<Pair> pairs;
  std::string error;  ///< of the C program
};

/// The record of one workload, precision and number of threads.
Json make_suite_record(const SuiteCase& suite_case, const measure::Workload& workload, const SuiteOutcome& outcome,
                       const measure::Peaks& peaks, bool tiny);

}  // namespace nbk::bench::jobs
