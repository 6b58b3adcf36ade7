// SPDX-License-Identifier: MIT
#pragma once

#include "bench/reading/run_list.hpp"

#include <string>
#include <vector>

namespace nbk::bench::reading {

/// The runs of one workload on one machine, oldest first.
struct Series {
  std::string fingerprint, workload;
  std::vector<const RunRecord*> records;
};

/// Puts records that may be compared together, in the order of machines and workloads. The list has to outlive them.
std::vector<Series> series_of(const RunList& list);

/// One table of all series, as Markdown.
std::string history_text(const RunList& list, const std::vector<Series>& all);

/// One picture: per series the warm time of simulation (median, with its spread) and the parity, run by run.
std::string history_svg(const std::vector<Series>& all);

}  // namespace nbk::bench::reading
