// SPDX-License-Identifier: MIT
#pragma once

#include "bench/evidence/environment.hpp"
#include "bench/jobs/results.hpp"
#include "bench/system/json.hpp"

#include <string>
#include <vector>

namespace nbk::bench::jobs {

/// Version of all files of results; docs/schema/results.schema.json describes them. Increase it for any change that can
/// break a reader.
inline constexpr int schema_version = 2;

/// State of a run.
struct RunState {
  std::string status;  ///< "passed", "failed" or "incomplete"
  std::vector<std::string> reasons;
  double duration_s = 0;
  std::vector<std::string> arguments;
};

/// The file of results. Numbers that do not exist (no reference, not a number) are null in it.
Json results_json(const Results& results, const RunState& state, const evidence::Environment& environment);

/// One record of it.
Json record_json(const Record& record);

}  // namespace nbk::bench::jobs
