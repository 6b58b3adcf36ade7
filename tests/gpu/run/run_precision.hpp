// SPDX-License-Identifier: MIT
#pragma once

#include "coverage.hpp"
#include "images.hpp"

#include <exception>
#include <string>

namespace nbk::gpu_run {

/// Runs all checks of a precision. Arguments: "fused" if nvcc's code may have fused operations.
/// \return number of failures, at most 1
template <class PrecisionT>
int run_precision(int argc, char** argv) {
  const Kokkos::ScopeGuard kokkos(argc, argv);
  const bool fused = argc > 1 && std::string(argv[1]) == "fused";
  Report report;
  try {
    executor().approximation = fused ? Approximation::rounded : Approximation::as_host;
    const Rules rules = rules_of<PrecisionT>(fused);
    check_images<PrecisionT>(report, rules);
    check_lists<PrecisionT>(report, rules);
    check_amplitudes<PrecisionT>(report);
    check_coverage(report, 0.9);
  } catch (const std::exception& error) {
    report.fail(error.what());
  }
  report.require(device().memory.allocations() == 0, "memory of the device is not given back");
  return report.failures() == 0 ? 0 : 1;
}

}  // namespace nbk::gpu_run
