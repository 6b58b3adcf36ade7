// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

namespace nbk::bench::reading {

/// Kinds of spans by the category of the trace.
enum class TraceKind { kernel, deep_copy, region, fence };

/// What the trace tells about a kernel besides its time; 0 and "" where it does not.
struct KernelDetails {
  std::string space, functor, precision;
  int pack_width = 0;
  double evaluations = 0, least_bytes = 0, operations = 0;  ///< of one launch
};

/// Something that took a while on a host thread; kernels count for the thread that waited for them.
struct TraceSpan {
  TraceKind kind = TraceKind::region;
  std::size_t name = 0;  ///< into Trace::names
  int thread = 1;        ///< 1: the main thread
  std::int64_t start_ns = 0, duration_ns = 0;
  double bytes = 0;  ///< of a deep copy
};

/// The spans of a trace file, in the order of the file.
struct Trace {
  std::vector<std::string> names;
  std::vector<KernelDetails> details;  ///< of the first kernel of each name, parallel to `names`
  std::vector<TraceSpan> spans;
  std::uint64_t events = 0;
  std::int64_t wall_ns = 0;  ///< from the beginning of the trace to the end of its last event
};

/// Reads a file that TraceWriter wrote, one event per line, so memory grows with the spans and not with the text.
/// \throws FileError naming the file, also where it is not complete
Trace read_trace(const std::filesystem::path& file);

}  // namespace nbk::bench::reading
