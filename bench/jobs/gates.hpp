// SPDX-License-Identifier: MIT
#pragma once

#include "bench/measure/parity.hpp"

#include <string>
#include <vector>

namespace nbk::bench::jobs {

/// Limits that a run has to reach to pass.
struct Gates {
  double min_correlation = 0.999;     ///< Pearson correlation with the reference, cold and warm image
  double max_sum_ratio_error = 5e-3;  ///< |sum / sum of the reference - 1|, cold and warm image
  double max_warm_setup_ms = 50;      ///< median set-up time where the plan is reused
};

/// One limit and what came of it.
struct GateResult {
  std::string name;
  double value = 0;
  std::string relation;  ///< ">=", "<=" or "<"
  double limit = 0;
  bool passed = false;

  /// "correlation_cold = 0.5, must be >= 0.999"
  std::string explain() const;
};

/// Judges both images of a record. A value that is not a number passes no gate.
std::vector<GateResult> judge(const Gates& gates, const measure::Parity& cold, const measure::Parity& warm);
GateResult judge_warm_setup(const Gates& gates, double warm_setup_s);

/// Returns one sentence per gate that was not passed.
std::vector<std::string> reasons(const std::vector<GateResult>& gates);

}  // namespace nbk::bench::jobs
