// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace nbk::bench::jobs {

/// What `nbk-bench matrix` is told.
struct MatrixOptions {
  std::vector<std::string> devices;  ///< none: all of this build
  std::vector<std::string> dtypes;   ///< none: all
  int threads = 0;                   ///< 0: all
  std::filesystem::path outdir = "reports/matrix";
};

/// \return nothing where only help was asked for \throws InvalidInput
std::optional<MatrixOptions> parse_matrix_options(const std::vector<std::string>& arguments, std::string& help);

}  // namespace nbk::bench::jobs
