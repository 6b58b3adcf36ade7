// SPDX-License-Identifier: MIT
#pragma once

#include "bench/jobs/record.hpp"
#include "bench/measure/workload.hpp"

#include <filesystem>
#include <vector>

namespace nbk::bench::jobs {

/// Workloads of the parity matrix, the group "matrix" of bench/cases. They are small, and together they use every
/// lattice shape, cell lookup and weighting that is compiled for further pack widths, sources, wavelengths, phi steps,
/// mosaic domains, layers and sub-pixels. Rows end in parts of a pack; no pixel depends on order; none needs a wider
/// precision than float32.
std::vector<measure::Workload> matrix_workloads(const std::filesystem::path& cases,
                                                const std::filesystem::path& scratch);

/// Compares an image of a record, which has its matrix part, with float64 in the programs' own packs and with the
/// independent reference. An empty image is not compared with.
void judge_image(Record& record, const std::vector<float>& image, const std::vector<float>& with_double,
                 const std::vector<float>& reference);

}  // namespace nbk::bench::jobs
