// SPDX-License-Identifier: MIT
#pragma once

#include "bench/evidence/environment.hpp"
#include "bench/jobs/start_up.hpp"

#include <string>
#include <vector>

namespace nbk::bench::jobs {

/// Version of scaling_results.json; docs/schema/scaling_results.schema.json describes it.
inline constexpr int scaling_schema_version = 1;

/// What was measured; records are those of the suite.
struct ScalingOutcome {
  std::vector<Json> line;     ///< one record per point, any order: more and more pixels
  std::vector<Json> domains;  ///< the same: more and more mosaic domains on the same pixels
  /// One workload with one and with all threads, each pair one after the other.
  struct Threads {
    std::vector<Json> one, all;
  };
  std::vector<Threads> threads;
  std::vector<StartUp> starts;
  int start_threads = 1;
};

/// "line", "domains", "threads", "start_up", "set_up", "memory" and "wanted" of scaling_results.json.
Json scaling_parts(const ScalingOutcome& outcome);

/// As tables, to be read and to be put into docs/performance.md. \param results scaling_results.json
std::string scaling_text(const Json& results);

/// The line as a picture: time, and time per evaluation, against evaluations.
std::string scaling_svg(const Json& line);

}  // namespace nbk::bench::jobs
