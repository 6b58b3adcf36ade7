// SPDX-License-Identifier: MIT
#include "bench/jobs/gates.hpp"

#include <fmt/format.h>

#include <cmath>

namespace nbk::bench::jobs {
namespace {

GateResult correlation_gate(const char* name, double value, double limit) {
  return {name, value, ">=", limit, value >= limit};
}

GateResult sum_gate(const char* name, double sum_ratio, double limit) {
  const double error = std::abs(sum_ratio - 1);
  return {name, error, "<=", limit, error <= limit};
}

}  // namespace

std::string GateResult::explain() const {
  return fmt::format("{} = {:.9g}, must be {} {:g}", name, value, relation, limit);
}

std::vector<GateResult> judge(const Gates& gates, const measure::Parity& cold, const measure::Parity& warm) {
  return {correlation_gate("correlation_cold", cold.correlation, gates.min_correlation),
          correlation_gate("correlation_warm", warm.correlation, gates.min_correlation),
          sum_gate("sum_ratio_error_cold", cold.sum_ratio, gates.max_sum_ratio_error),
          sum_gate("sum_ratio_error_warm", warm.sum_ratio, gates.max_sum_ratio_error)};
}

GateResult judge_warm_setup(const Gates& gates, double warm_setup_s) {
  const double setup_ms = 1e3 * warm_setup_s;
  return {"warm_setup_ms", setup_ms, "<", gates.max_warm_setup_ms, setup_ms < gates.max_warm_setup_ms};
}

std::vector<std::string> reasons(const std::vector<GateResult>& gates) {
  std::vector<std::string> texts;
  for (const auto& gate : gates) {
    if (!gate.passed) texts.push_back(gate.explain());
  }
  return texts;
}

}  // namespace nbk::bench::jobs
