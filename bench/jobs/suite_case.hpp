// SPDX-License-Identifier: MIT
#pragma once

#include "bench/kernels/derivative_run.hpp"
#include "bench/measure/additions.hpp"
#include "bench/measure/workload.hpp"

#include <array>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace nbk::bench::jobs {

/// Ranges of Miller indices, inclusive.
struct IndexRanges {
  std::array<int, 2> h{}, k{}, l{};
};

/// A call for derivatives that is timed in turn with the image.
struct DerivativeCase {
  DerivativeCall call = DerivativeCall::images;
  DerivativeParameters parameters;
  std::optional<double> limit;  ///< largest time over that of the image in float32
};

/// A fixed workload: one file of bench/cases.
struct SuiteCase {
  std::string name, title;
  std::string group;            ///< "" for those that run when none is named
  std::string flags;            ///< the C program's; {data} and {scratch} stand for folders
  std::string tiny;             ///< further flags that make it small; the last one of a kind counts
  std::optional<double> floor;  ///< ratio to the C program's pixel loop to reach in float32
  std::optional<DerivativeCase> derivatives;
  std::string data_variable;                     ///< environment variable naming the {data} folder; "" for none
  std::optional<IndexRanges> table, tiny_table;  ///< structure factors to make up in {scratch}/table.hkl
  measure::Additions additions, tiny_additions;  ///< to the experiment of the flags; none: the C program can do it

  /// Says why it cannot run here; "" where it can.
  std::string missing() const;
};

/// Reads one file. \throws FileError naming the file and what is wrong
SuiteCase read_case(const std::filesystem::path& file);

/// Reads all cases of a folder, in the order of their names; with `names` those alone, in that order. A name of a group
/// stands for all its cases. \throws FileError; InvalidInput for a folder without any and a name that does not exist
std::vector<SuiteCase> read_cases(const std::filesystem::path& folder, const std::vector<std::string>& names);

/// Returns the workload of a case, its files made in `scratch`. \throws FileError; InvalidInput
measure::Workload prepare(const SuiteCase& suite_case, bool tiny, const std::filesystem::path& scratch);

}  // namespace nbk::bench::jobs
