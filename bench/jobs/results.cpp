// SPDX-License-Identifier: MIT
#include "bench/jobs/results.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace nbk::bench::jobs {

std::vector<std::string> Results::failures() const {
  auto why = errors;
  for (const auto& record : records) {
    for (const auto& reason : record.reasons) why.push_back(fmt::format("{}: {}", label_of(record), reason));
  }
  return why;
}

std::string Results::file_name() const {
  constexpr const char* kinds[]{"benchmark", "suite", "matrix", "scaling", "worker"};
  return fmt::format("{}_results.json", kinds[static_cast<int>(command)]);
}

measure::ParityBounds matrix_bounds_of(const std::string& dtype) {
  auto bounds = measure::bounds_of(dtype);
  bounds.max_relative_difference = std::min(bounds.max_relative_difference, 1e-3);
  return bounds;
}

std::string label_of(const Record& record) {
  const auto name = record.main ? fmt::format("{0} x {0}", record.size) : record.workload;
  return fmt::format("{}, {} on {}, {} threads, {} pixels per pack", name, record.dtype, record.device,
                     record.setting.threads, record.setting.pack_width);
}

}  // namespace nbk::bench::jobs
