// SPDX-License-Identifier: MIT
#pragma once

#include "bench/trace/kokkos_trace.hpp"
#include "bench/trace/trace_writer.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

namespace nbk::bench::trace {

/// What a span is; also its category in the trace.
enum class SpanKind { kernel, deep_copy, region, fence };

/// Turns begins and ends into spans on the right tracks, and allocations into a curve. Knows nothing of Kokkos.
/// Safe from several threads; its memory grows with what is open or allocated at a time, not with the events.
class KokkosTrace::Recorder {
 public:
  Recorder(const std::filesystem::path& path, const std::string& metadata);

  /// \param space   the execution space of a kernel or fence, "" for none; kernels lie on the track of their space,
  ///                everything else on that of the calling thread
  /// \param details inside of a JSON object
  void begin(SpanKind kind, std::string_view name, std::string_view space, std::string details);
  /// Ends the innermost open span of that kind of the calling thread.
  void end(SpanKind kind);

  std::uint32_t name_section(std::string_view name);
  void start_section(std::uint32_t section);
  void stop_section(std::uint32_t section);

  void allocated(std::string_view space, std::string_view label, const void* address, std::uint64_t bytes);
  void freed(std::string_view space, std::string_view label, const void* address);
  void mark(std::string_view name, std::string_view details);

  void describe_launches(std::string_view kernel, std::string arguments);
  void close();
  std::map<std::string, NameTotal> totals();
  std::uint64_t events() const { return m_writer.events(); }

 private:
  struct Open {
    SpanKind kind;
    std::string name, details;
    Track track;
    std::int64_t start_ns;
  };
  struct Section {
    std::string name;
    std::int64_t start_ns = -1;
  };

  std::int64_t now_ns() const;
  Track thread_track();
  Track space_track(std::string_view space);
  void add_total(std::string_view category, std::string_view name, std::int64_t duration_ns);

  TraceWriter m_writer;
  const std::chrono::steady_clock::time_point m_start = std::chrono::steady_clock::now();
  std::mutex m_mutex;
  std::map<std::thread::id, int> m_threads;
  std::map<std::string, int, std::less<>> m_spaces;
  std::map<std::thread::id, std::vector<Open>> m_open;
  std::vector<Section> m_sections;
  std::unordered_map<const void*, std::uint64_t> m_allocations;
  std::map<std::string, std::uint64_t, std::less<>> m_memory;
  std::map<std::string, NameTotal> m_totals;
  std::map<std::string, std::string, std::less<>> m_launches;
};

}  // namespace nbk::bench::trace
