// SPDX-License-Identifier: MIT
#pragma once

#include "bench/evidence/environment.hpp"
#include "bench/measure/parity.hpp"

#include <optional>
#include <string>
#include <vector>

namespace nbk::bench::jobs {

/// Version of matrix_results.json; docs/schema/matrix_results.schema.json describes it.
inline constexpr int matrix_schema_version = 1;

/// One image of the matrix.
struct MatrixCell {
  std::string experiment, device, dtype;
  std::string dtype_used;
  int pack_width = 0;
  bool own_width = true;  ///< the width that the programs compute in
  std::vector<float> image;
};

/// The record of a cell: how close it is to float64 in the programs' own packs and to the independent reference.
/// \param width pixels of a row
Json make_matrix_record(const MatrixCell& cell, const std::vector<float>& with_double,
                        const std::vector<float>& reference, std::size_t width);

/// {"float32": {"min_correlation": ..., ...}, ...} for all precisions.
Json matrix_bounds();

/// Every space that Kokkos knows, and whether it is in this build.
Json matrix_spaces();

/// The table, as Markdown: a row per space, precision and width, a column per experiment.
/// \param results matrix_results.json
std::string matrix_text(const Json& results);

}  // namespace nbk::bench::jobs
