// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/atomic_file.hpp"

#include <cstdint>
#include <exception>
#include <filesystem>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace nbk::bench::trace {

/// A row of the picture: a thread of the host, or an execution space.
struct Track {
  int process = 0;  ///< rows of a process are shown together
  int thread = 0;
};

/// Text as a JSON string, quotes included.
std::string json_quoted(std::string_view text);

/// Writes a file in the Chrome trace-event form (JSON object format) that chrome://tracing and Perfetto open. Events go
/// to a temporary file as they come, so memory does not grow with their number. Safe from several threads. Times are
/// nanoseconds since the trace began; `arguments` are the inside of a JSON object: `"bytes":8,"space":"Host"`.
class TraceWriter {
 public:
  /// \param metadata a JSON object with what is known about machine and build
  /// \throws FileError
  TraceWriter(const std::filesystem::path& path, const std::string& metadata);

  void name_process(int process, std::string_view name);
  void name_track(Track track, std::string_view name);
  /// Something that took a while.
  void span(Track track, std::string_view category, std::string_view name, std::int64_t start_ns,
            std::int64_t duration_ns, std::string_view arguments);
  /// A moment.
  void instant(Track track, std::string_view category, std::string_view name, std::int64_t at_ns,
               std::string_view arguments);
  /// A value over time, one curve per name.
  void counter(int process, std::string_view name, std::int64_t at_ns, std::uint64_t value);

  /// Completes the file and gives it its name; without this there is none.
  /// \throws FileError where any of it could not be written
  void close();
  std::uint64_t events() const { return m_events; }

 private:
  void put(const std::string& event);
  void write(std::string_view text);
  void flush();

  std::optional<io::AtomicFile> m_file;  ///< nothing: closed
  std::string m_buffer;
  std::mutex m_mutex;
  std::uint64_t m_events = 0;
  std::exception_ptr m_error;
};

}  // namespace nbk::bench::trace
