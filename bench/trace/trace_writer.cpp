// SPDX-License-Identifier: MIT
#include "bench/trace/trace_writer.hpp"

#include <fmt/format.h>

#include <cstddef>

namespace nbk::bench::trace {
namespace {

// The form counts in microseconds; three decimals keep the nanoseconds.
std::string microseconds(std::int64_t ns) { return fmt::format("{}.{:03}", ns / 1000, ns % 1000); }

std::string head(Track track, char phase) {
  return fmt::format(R"({{"ph":"{}","pid":{},"tid":{})", phase, track.process, track.thread);
}

}  // namespace

std::string json_quoted(std::string_view text) {
  std::string quoted = "\"";
  for (const char c : text) {
    const auto code = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      quoted += '\\';
      quoted += c;
    } else if (code < 0x20 || code > 0x7e) {
      // Latin-1 for what is not ASCII: labels could hold any bytes, and the file must stay valid.
      quoted += fmt::format("\\u{:04x}", code);
    } else {
      quoted += c;
    }
  }
  return quoted + '"';
}

TraceWriter::TraceWriter(const std::filesystem::path& path, const std::string& metadata) : m_file(path) {
  write(fmt::format("{{\"displayTimeUnit\":\"ms\",\"metadata\":{},\n\"traceEvents\":[", metadata));
}

void TraceWriter::put(const std::string& event) {
  const std::lock_guard lock(m_mutex);
  if (!m_file) return;
  write(m_events++ == 0 ? "\n" : ",\n");
  write(event);
}

void TraceWriter::write(std::string_view text) {
  constexpr std::size_t most_bytes = 1 << 16;
  m_buffer += text;
  if (m_buffer.size() >= most_bytes) flush();
}

void TraceWriter::flush() {
  try {
    if (!m_error) m_file->write(m_buffer);
  } catch (const FileError&) {
    m_error = std::current_exception();  // callbacks of a run in progress cannot fail usefully; close() reports it
  }
  m_buffer.clear();
}

void TraceWriter::name_process(int process, std::string_view name) {
  put(fmt::format(R"({},"name":"process_name","args":{{"name":{}}}}})", head({process, 0}, 'M'), json_quoted(name)));
  put(fmt::format(R"({},"name":"process_sort_index","args":{{"sort_index":{}}}}})", head({process, 0}, 'M'), process));
}

void TraceWriter::name_track(Track track, std::string_view name) {
  put(fmt::format(R"({},"name":"thread_name","args":{{"name":{}}}}})", head(track, 'M'), json_quoted(name)));
}

void TraceWriter::span(Track track, std::string_view category, std::string_view name, std::int64_t start_ns,
                       std::int64_t duration_ns, std::string_view arguments) {
  put(fmt::format(R"({},"cat":{},"name":{},"ts":{},"dur":{},"args":{{{}}}}})", head(track, 'X'), json_quoted(category),
                  json_quoted(name), microseconds(start_ns), microseconds(duration_ns), arguments));
}

void TraceWriter::instant(Track track, std::string_view category, std::string_view name, std::int64_t at_ns,
                          std::string_view arguments) {
  put(fmt::format(R"({},"s":"t","cat":{},"name":{},"ts":{},"args":{{{}}}}})", head(track, 'i'), json_quoted(category),
                  json_quoted(name), microseconds(at_ns), arguments));
}

void TraceWriter::counter(int process, std::string_view name, std::int64_t at_ns, std::uint64_t value) {
  put(fmt::format(R"({},"name":{},"ts":{},"args":{{"bytes":{}}}}})", head({process, 0}, 'C'), json_quoted(name),
                  microseconds(at_ns), value));
}

void TraceWriter::close() {
  const std::lock_guard lock(m_mutex);
  if (!m_file) return;
  write("\n]}\n");
  flush();
  if (!m_error) m_file->commit();
  m_file.reset();
  if (m_error) std::rethrow_exception(m_error);
}

}  // namespace nbk::bench::trace
