// SPDX-License-Identifier: MIT
#pragma once

#include "bench/jobs/options.hpp"
#include "bench/measure/parity.hpp"

#include <string>
#include <vector>

namespace nbk::bench::jobs {

/// One thing a run had to reach.
struct GateResult {
  std::string name;
  double value = 0;
  std::string relation;  ///< ">=", "<=" or "<"
  double limit = 0;
  bool passed = false;

  /// "correlation_cold = 0.5, must be >= 0.999"
  std::string explain() const;
};

/// The gates of one record. A value that is not a number passes none.
std::vector<GateResult> judge(const Gates& gates, const measure::Parity& cold, const measure::Parity& warm);
GateResult judge_warm_setup(const Gates& gates, double warm_setup_s);

/// Why a record fails: one sentence per gate not passed.
std::vector<std::string> reasons(const std::vector<GateResult>& gates);

}  // namespace nbk::bench::jobs
