// SPDX-License-Identifier: MIT
#pragma once

#include "counts.hpp"
#include "coverage.hpp"
#include "images.hpp"
#include "result_file.hpp"
#include "results.hpp"

#include <cstdio>
#include <cstring>
#include <exception>
#include <fstream>
#include <string>

namespace nbk::gpu_run {

/// Counts what an image of a workload executes.
/// \param in_rows  list the pixels, so that a warp has 32 of a row in place of a tile
template <class PrecisionT>
Executed executed_by(const CountedWorkload& workload, bool in_rows) {
  const Executed before = executed();
  Experiment e = workload.experiment;
  for (int slow = 0; in_rows && slow < e.detector.pixels_slow.value(); ++slow)
    e.selection.runs.push_back({0, slow, 0, e.detector.pixels_fast.value()});
  image_of<PrecisionT>(Engine::translated, e);
  return executed() - before;
}

/// Prints the tables of counts, and of active lanes in tiles and in rows, and writes them to `file` and `file`.lanes.
template <class PrecisionT>
void write_counts(const std::string& file) {
  constexpr bool in_double = std::is_same_v<typename PrecisionT::Lattice, double>;
  const std::string precision(PrecisionT::name);
  std::ofstream counts(file), lanes(file + ".lanes");
  for (const CountedWorkload& workload : counted_workloads()) {
    const auto& detector = workload.experiment.detector;
    const double pixels = static_cast<double>(detector.pixels_fast.value()) * detector.pixels_slow.value();
    const Executed in_tiles = executed_by<PrecisionT>(workload, false);
    const std::string row = table_row(precision, workload.name, in_tiles, workload.evaluations_per_pixel * pixels,
                                      workload.evaluations_per_pixel, in_double);
    char share[120];
    std::snprintf(share, sizeof(share), "| %s | %s | %.0f %% | %.0f %% |\n", precision.c_str(), workload.name.c_str(),
                  100 * in_tiles.active_lanes(), 100 * executed_by<PrecisionT>(workload, true).active_lanes());
    std::printf("%s%s", row.c_str(), share);
    counts << row;
    lanes << share;
  }
}

/// Writes what the host's functors compute, for tests/gpu/standin.
template <class PrecisionT>
void write_results(const std::string& file) {
  device().engine = Engine::host;
  ResultWriter out(file);
  for_each_result<PrecisionT>({}, [&](const std::string& name, const ResultRule&, const auto& compute) {
    const auto numbers = compute();
    out.write(name, {numbers.begin(), numbers.end()});
  });
}

/// Runs all checks of a precision. Arguments: file with images in double; file for counts of instructions; "fused" if
/// nvcc's code may have fused operations. Or "results" and a file: writes that.
/// \param more  (report, rules): further checks of the precision
/// \return number of failures, at most 1
template <class PrecisionT, class More>
int run_precision(int argc, char** argv, const More& more) {
  if (argc < 3) return 2;
  const Kokkos::ScopeGuard kokkos(argc, argv);
  if (std::strcmp(argv[1], "results") == 0) return write_results<PrecisionT>(argv[2]), 0;
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
