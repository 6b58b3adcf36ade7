// SPDX-License-Identifier: MIT
#include "bench/reading/region_times.hpp"

#include <algorithm>
#include <map>

namespace nbk::bench::reading {
namespace {

constexpr const char* arrow = " > ";

class Sweep {
 public:
  explicit Sweep(const Trace& trace) : m_trace(trace) {}

  // In the order of their starts, outer ones before inner ones.
  void add(const TraceSpan& span) {
    while (!m_open.empty() && span.start_ns >= m_open.back().end_ns) m_open.pop_back();
    if (!m_open.empty() && m_open.back().leaf) return;
    const bool outermost = m_open.empty();
    const auto path =
        outermost ? m_trace.names[span.name] : m_open.back().row->first + arrow + m_trace.names[span.name];
    const auto row = m_rows.try_emplace(path, RegionTime{path, span.kind, span.name}).first;
    ++row->second.calls;
    row->second.own_ns += span.duration_ns;
    row->second.bytes += span.bytes;
    if (outermost) {
      m_explained_ns += span.duration_ns;
    } else {
      m_open.back().row->second.own_ns -= span.duration_ns;
    }
    m_open.push_back({span.start_ns + span.duration_ns, row, span.kind != TraceKind::region});
  }

  RegionTimes result() && {
    RegionTimes times;
    for (auto& [path, row] : m_rows) times.rows.push_back(std::move(row));
    std::stable_sort(times.rows.begin(), times.rows.end(),
                     [](const RegionTime& a, const RegionTime& b) { return a.own_ns > b.own_ns; });
    times.unexplained_ns = m_trace.wall_ns - m_explained_ns;
    return times;
  }

 private:
  using Rows = std::map<std::string, RegionTime>;
  struct Open {
    std::int64_t end_ns;
    Rows::iterator row;
    bool leaf;
  };

  const Trace& m_trace;
  Rows m_rows;
  std::vector<Open> m_open;
  std::int64_t m_explained_ns = 0;
};

bool outer_first(const TraceSpan& a, const TraceSpan& b) {
  return a.start_ns != b.start_ns ? a.start_ns < b.start_ns : a.duration_ns > b.duration_ns;
}

// Time covered by spans of threads but the main one.
std::int64_t other_threads(const std::vector<TraceSpan>& in_order) {
  std::map<int, std::int64_t> end_ns;
  std::int64_t covered_ns = 0;
  for (const auto& span : in_order) {
    if (span.thread == 1) continue;
    auto& end = end_ns[span.thread];
    if (span.start_ns < end) continue;
    end = span.start_ns + span.duration_ns;
    covered_ns += span.duration_ns;
  }
  return covered_ns;
}

}  // namespace

RegionTimes region_times(const Trace& trace) {
  auto spans = trace.spans;
  std::stable_sort(spans.begin(), spans.end(), outer_first);
  Sweep sweep(trace);
  for (const auto& span : spans) {
    if (span.thread == 1) sweep.add(span);
  }
  auto times = std::move(sweep).result();
  times.other_threads_ns = other_threads(spans);
  return times;
}

}  // namespace nbk::bench::reading
