// SPDX-License-Identifier: MIT
#pragma once

#include "bench/reading/trace_reader.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace nbk::bench::reading {

/// Time that belongs to one place of the nest of regions: a kernel or copy there, or the region's own code.
struct RegionTime {
  std::string path;  ///< "warm > simulation > nbk::spots"
  TraceKind kind = TraceKind::region;
  std::size_t name = 0;  ///< into Trace::names
  std::uint64_t calls = 0;
  std::int64_t own_ns = 0;  ///< without what lies in rows of their own
  double bytes = 0;         ///< copied
};

/// Where the main thread's time went.
struct RegionTimes {
  std::vector<RegionTime> rows;       ///< the longest first; they add up to the wall time with `unexplained_ns`
  std::int64_t unexplained_ns = 0;    ///< in no span at all
  std::int64_t other_threads_ns = 0;  ///< of outermost spans of other host threads, beside the main thread's time
};

/// Gives every nanosecond of the main thread to the innermost region, kernel or copy that was open. What lies inside
/// of a kernel, copy or fence (Kokkos' own copying kernels, its fences) counts for that.
RegionTimes region_times(const Trace& trace);

}  // namespace nbk::bench::reading
