// SPDX-License-Identifier: MIT
#include "bench/trace/trace_recorder.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace nbk::bench::trace {
namespace {

constexpr int host_process = 1;
constexpr int space_process = 2;

std::string_view category_of(SpanKind kind) {
  switch (kind) {
    case SpanKind::kernel: return "kernel";
    case SpanKind::deep_copy: return "deep_copy";
    case SpanKind::region: return "region";
    case SpanKind::fence: break;
  }
  return "fence";
}

std::string joined(std::string first, std::string_view second) {
  if (!first.empty() && !second.empty()) first += ',';
  return first.append(second);
}

// The form counts in microseconds; three decimals keep the nanoseconds.
std::string microseconds(std::int64_t ns) { return fmt::format("{}.{:03}", ns / 1000, ns % 1000); }

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

KokkosTrace::Recorder::Recorder(const std::filesystem::path& path, const std::string& metadata) : m_file(path) {
  const std::lock_guard lock(m_mutex);
  write(fmt::format("{{\"displayTimeUnit\":\"ms\",\"metadata\":{},\n\"traceEvents\":[", metadata));
  for (const auto& [process, name] : {std::pair{host_process, "host threads: regions, copies, fences, allocations"},
                                      std::pair{space_process, "execution spaces: kernels"}}) {
    name_row({process, 0}, "process_name", name);
    put(fmt::format(R"({{"ph":"M","pid":{0},"tid":0,"name":"process_sort_index","args":{{"sort_index":{0}}}}})",
                    process));
  }
  thread_track();
}

std::int64_t KokkosTrace::Recorder::now_ns() const {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - m_start).count();
}

KokkosTrace::Recorder::Track KokkosTrace::Recorder::thread_track() {
  const auto [entry, fresh] = m_threads.try_emplace(std::this_thread::get_id(), static_cast<int>(m_threads.size()) + 1);
  const Track track{host_process, entry->second};
  if (fresh) {
    name_row(track, "thread_name", track.thread == 1 ? "main thread" : fmt::format("thread {}", track.thread));
  }
  return track;
}

KokkosTrace::Recorder::Track KokkosTrace::Recorder::space_track(std::string_view space) {
  auto entry = m_spaces.find(space);
  const bool fresh = entry == m_spaces.end();
  if (fresh) entry = m_spaces.emplace(space, static_cast<int>(m_spaces.size()) + 1).first;
  const Track track{space_process, entry->second};
  if (fresh) name_row(track, "thread_name", space);
  return track;
}

void KokkosTrace::Recorder::begin(SpanKind kind, std::string_view name, std::string_view space, std::string details) {
  const std::lock_guard lock(m_mutex);
  const auto track = kind == SpanKind::kernel ? space_track(space) : thread_track();
  if (!space.empty()) details = joined(fmt::format("\"space\":{}", json_quoted(space)), details);
  if (kind == SpanKind::kernel) {
    // Its track is not that of the thread which waits for it.
    details = joined(fmt::format("\"thread\":{}", thread_track().thread), details);
    if (const auto known = m_launches.find(name); known != m_launches.end()) {
      details = joined(std::move(details), known->second);
    }
  }
  m_open[std::this_thread::get_id()].push_back({kind, std::string(name), std::move(details), track, now_ns()});
}

void KokkosTrace::Recorder::end(SpanKind kind) {
  const std::lock_guard lock(m_mutex);
  auto& open = m_open[std::this_thread::get_id()];
  // Normally the last one; Kokkos leaves some deep copies of nothing without an end, and those are dropped here.
  const auto found = std::find_if(open.rbegin(), open.rend(), [&](const Open& span) { return span.kind == kind; });
  if (found == open.rend()) return;
  put_span(found->track, category_of(kind), found->name, found->start_ns, found->details);
  open.erase(std::prev(found.base()), open.end());
}

std::uint32_t KokkosTrace::Recorder::name_section(std::string_view name) {
  const std::lock_guard lock(m_mutex);
  m_sections.push_back({std::string(name)});
  return static_cast<std::uint32_t>(m_sections.size() - 1);
}

void KokkosTrace::Recorder::start_section(std::uint32_t section) {
  const std::lock_guard lock(m_mutex);
  if (section < m_sections.size()) m_sections[section].start_ns = now_ns();
}

void KokkosTrace::Recorder::stop_section(std::uint32_t section) {
  const std::lock_guard lock(m_mutex);
  if (section >= m_sections.size() || m_sections[section].start_ns < 0) return;
  const auto& [name, start_ns] = m_sections[section];
  // Sections may overlap each other and the regions, so each has a track of its own.
  put_span(space_track("section " + name), "section", name, start_ns, "");
  m_sections[section].start_ns = -1;
}

void KokkosTrace::Recorder::allocated(std::string_view space, std::string_view label, const void* address,
                                      std::uint64_t bytes) {
  const std::lock_guard lock(m_mutex);
  m_allocations[address] = bytes;
  put_instant("allocation", fmt::format("allocate {}", label),
              fmt::format(R"("space":{},"bytes":{})", json_quoted(space), bytes));
  put_memory(space, m_memory[std::string(space)] += bytes);
}

void KokkosTrace::Recorder::freed(std::string_view space, std::string_view label, const void* address) {
  const std::lock_guard lock(m_mutex);
  const auto allocation = m_allocations.extract(address);
  if (allocation.empty()) return;  // older than the trace: it never entered the curve
  const auto bytes = allocation.mapped();
  auto& live = m_memory[std::string(space)];
  put_instant("allocation", fmt::format("free {}", label),
              fmt::format(R"("space":{},"bytes":{})", json_quoted(space), bytes));
  put_memory(space, live -= std::min(live, bytes));
}

void KokkosTrace::Recorder::mark(std::string_view name, std::string_view details) {
  const std::lock_guard lock(m_mutex);
  put_instant("mark", name, details);
}

void KokkosTrace::Recorder::describe_launches(std::string_view kernel, std::string arguments) {
  const std::lock_guard lock(m_mutex);
  m_launches[std::string(kernel)] = std::move(arguments);
}

void KokkosTrace::Recorder::close() {
  const std::lock_guard lock(m_mutex);
  if (!m_file) return;
  write("\n]}\n");
  flush();
  if (!m_error) m_file->commit();
  m_file.reset();
  if (m_error) std::rethrow_exception(m_error);
}

std::map<std::string, NameTotal> KokkosTrace::Recorder::totals() {
  const std::lock_guard lock(m_mutex);
  return m_totals;
}

std::uint64_t KokkosTrace::Recorder::events() {
  const std::lock_guard lock(m_mutex);
  return m_events;
}

void KokkosTrace::Recorder::name_row(Track track, std::string_view key, std::string_view name) {
  put(fmt::format(R"({{"ph":"M","pid":{},"tid":{},"name":"{}","args":{{"name":{}}}}})", track.process, track.thread,
                  key, json_quoted(name)));
}

void KokkosTrace::Recorder::put_span(Track track, std::string_view category, std::string_view name,
                                     std::int64_t start_ns, std::string_view details) {
  const auto duration_ns = now_ns() - start_ns;
  put(fmt::format(R"({{"ph":"X","pid":{},"tid":{},"cat":"{}","name":{},"ts":{},"dur":{},"args":{{{}}}}})",
                  track.process, track.thread, category, json_quoted(name), microseconds(start_ns),
                  microseconds(duration_ns), details));
  auto& total = m_totals[fmt::format("{} {}", category, name)];
  total.shortest_ns = total.count == 0 ? duration_ns : std::min(total.shortest_ns, duration_ns);
  total.longest_ns = std::max(total.longest_ns, duration_ns);
  total.total_ns += duration_ns;
  ++total.count;
}

void KokkosTrace::Recorder::put_instant(std::string_view category, std::string_view name, std::string_view details) {
  const Track track = thread_track();
  put(fmt::format(R"({{"ph":"i","pid":{},"tid":{},"s":"t","cat":"{}","name":{},"ts":{},"args":{{{}}}}})", track.process,
                  track.thread, category, json_quoted(name), microseconds(now_ns()), details));
}

void KokkosTrace::Recorder::put_memory(std::string_view space, std::uint64_t bytes) {
  put(fmt::format(R"({{"ph":"C","pid":{},"tid":0,"name":{},"ts":{},"args":{{"bytes":{}}}}})", host_process,
                  json_quoted(fmt::format("memory in {}", space)), microseconds(now_ns()), bytes));
}

void KokkosTrace::Recorder::put(const std::string& event) {
  if (!m_file) return;
  write(m_events++ == 0 ? "\n" : ",\n");
  write(event);
}

void KokkosTrace::Recorder::write(std::string_view text) {
  constexpr std::size_t most_bytes = 1 << 16;
  m_buffer += text;
  if (m_buffer.size() >= most_bytes) flush();
}

void KokkosTrace::Recorder::flush() {
  try {
    if (!m_error) m_file->write(m_buffer);
  } catch (const FileError&) {
    m_error = std::current_exception();  // callbacks of a run in progress cannot fail usefully; close() reports it
  }
  m_buffer.clear();
}

}  // namespace nbk::bench::trace
