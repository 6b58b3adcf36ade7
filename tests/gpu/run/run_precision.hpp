// SPDX-License-Identifier: MIT
#pragma once

#include "counts.hpp"
#include "coverage.hpp"
#include "images.hpp"

#include <cstring>
#include <exception>
#include <fstream>
#include <string>

namespace nbk::gpu_run {

/// Writes the table of counts of a precision.
template <class PrecisionT>
void write_counts(const std::string& file) {
  constexpr bool in_double = std::is_same_v<typename PrecisionT::Lattice, double>;
  std::ofstream out(file);
  for (const CountedWorkload& workload : counted_workloads()) {
    const Executed before = executed();
    const auto image = image_of<PrecisionT>(Engine::translated, workload.experiment);
    const double evaluations = workload.evaluations_per_pixel * static_cast<double>(image.size());
    out << table_row(std::string(PrecisionT::name), workload.name, executed() - before, evaluations,
                     workload.evaluations_per_pixel, in_double);
  }
}

/// Runs all checks of a precision. Arguments: file with images in double; file for counts of instructions; "fused" if
/// nvcc's code may have fused operations.
/// \param more  (report, rules): further checks of the precision
/// \return number of failures, at most 1
template <class PrecisionT, class More>
int run_precision(int argc, char** argv, const More& more) {
  if (argc < 3) return 2;
  const Kokkos::ScopeGuard kokkos(argc, argv);
  const bool fused = argc > 3 && std::strcmp(argv[3], "fused") == 0;
  Report report;
  try {
    executor().approximation = fused ? Approximation::rounded : Approximation::as_host;
    const Rules rules = rules_of<PrecisionT>(fused);
    check_images<PrecisionT>(report, rules, read_reference(argv[1]));
    check_lists<PrecisionT>(report, rules);
    check_amplitudes<PrecisionT>(report);
    more(report, rules);
    check_coverage(report);
    write_counts<PrecisionT>(argv[2]);
  } catch (const std::exception& error) {
    report.fail(error.what());
  }
  report.require(device().memory.allocations() == 0, "memory of the device is not given back");
  return report.failures() == 0 ? 0 : 1;
}

}  // namespace nbk::gpu_run
