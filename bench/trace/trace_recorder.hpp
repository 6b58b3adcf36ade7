// SPDX-License-Identifier: MIT
#pragma once

#include "bench/trace/kokkos_trace.hpp"
#include "nbk/io/atomic_file.hpp"

#include <chrono>
#include <cstdint>
#include <exception>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>
#include <utility>
#include <vector>

namespace nbk::bench::trace {

/// Kinds of spans, which are also their categories in the trace.
enum class SpanKind { kernel, deep_copy, region, fence };

/// Returns text as a JSON string, quotes included.
std::string json_quoted(std::string_view text);

/// Turns begins and ends into spans on the right tracks, and allocations into a curve. Knows nothing of Kokkos.
/// Writes a file in the Chrome trace-event form (JSON object format) that chrome://tracing and Perfetto open. Events go
/// to a temporary file as they come: memory grows with what is open or allocated at a time, not with the events.
/// Safe from several threads. Details and arguments are the inside of a JSON object: `"bytes":8,"space":"Host"`.
class KokkosTrace::Recorder {
 public:
  /// \param metadata  a JSON object with what is known about machine and build
  /// \throws FileError
  Recorder(const std::filesystem::path& path, const std::string& metadata);

  /// \param space  the execution space of a kernel or fence, "" for none; kernels lie on the track of their space,
  ///               everything else on that of the calling thread
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
  /// Completes the file and gives it its name; without this there is none.
  /// \throws FileError where any of it could not be written
  void close();
  std::map<std::string, NameTotal> totals();
  std::uint64_t events();

 private:
  // A row of the picture: a thread of the host, or an execution space.
  struct Track {
    int process = 0;  // rows of a process are shown together
    int thread = 0;
  };
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
  // All of these want the lock.
  Track thread_track();
  Track space_track(std::string_view space);
  void name_row(Track track, std::string_view key, std::string_view name);
  void put_span(Track track, std::string_view category, std::string_view name, std::int64_t start_ns,
                std::string_view details);
  void put_instant(std::string_view category, std::string_view name, std::string_view details);
  void put_memory(std::string_view space, std::uint64_t bytes);
  void put(const std::string& event);
  void write(std::string_view text);
  void flush();

  std::optional<io::AtomicFile> m_file;  ///< nothing: closed
  std::string m_buffer;
  std::uint64_t m_events = 0;
  std::exception_ptr m_error;
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
