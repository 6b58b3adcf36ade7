// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace nbk::bench::jobs {

/// The part of two images that is compared, inclusive.
struct CompareRoi {
  int fast_min = 0, fast_max = 0, slow_min = 0, slow_max = 0;
};

/// Options of `nbk-bench compare`.
struct CompareOptions {
  std::filesystem::path ours, reference;
  int width = 0, height = 0;  ///< of raw float images; 0: from an SMV header, or square
  std::optional<CompareRoi> roi;
  double min_correlation = 0.95;
  std::filesystem::path json;  ///< empty: to the console
  std::string png_prefix;      ///< empty: no pictures
};

/// Exit codes of the comparison (those of the tool that nbk's replaces).
enum class CompareExit { passed = 0, usage = 1, below_threshold = 3, shape_mismatch = 4, io = 5 };

/// Compares two images: a table for people, JSON for programs, pictures on demand. Errors go to stderr.
/// \param arguments the words behind "compare"
CompareExit run_compare(const std::vector<std::string>& arguments);

}  // namespace nbk::bench::jobs
