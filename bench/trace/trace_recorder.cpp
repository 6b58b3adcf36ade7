// SPDX-License-Identifier: MIT
#include "bench/trace/trace_recorder.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace nbk::bench::trace {
namespace {

constexpr int host_process = 1;
constexpr int space_process = 2;

std::string_view category(SpanKind kind) {
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

}  // namespace

KokkosTrace::Recorder::Recorder(const std::filesystem::path& path, const std::string& metadata)
    : m_writer(path, metadata) {
  m_writer.name_process(host_process, "host threads: regions, copies, fences, allocations");
  m_writer.name_process(space_process, "execution spaces: kernels");
  const std::lock_guard lock(m_mutex);
  thread_track();
}

std::int64_t KokkosTrace::Recorder::now_ns() const {
  return std::chrono::duration_cast<std::chrono::nanoseconds>(std::chrono::steady_clock::now() - m_start).count();
}

Track KokkosTrace::Recorder::thread_track() {
  const auto [entry, fresh] = m_threads.try_emplace(std::this_thread::get_id(), static_cast<int>(m_threads.size()) + 1);
  const Track track{host_process, entry->second};
  if (fresh) m_writer.name_track(track, track.thread == 1 ? "main thread" : fmt::format("thread {}", track.thread));
  return track;
}

Track KokkosTrace::Recorder::space_track(std::string_view space) {
  auto entry = m_spaces.find(space);
  const bool fresh = entry == m_spaces.end();
  if (fresh) entry = m_spaces.emplace(space, static_cast<int>(m_spaces.size()) + 1).first;
  const Track track{space_process, entry->second};
  if (fresh) m_writer.name_track(track, space);
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
  const auto end_ns = now_ns();
  const std::lock_guard lock(m_mutex);
  auto& open = m_open[std::this_thread::get_id()];
  // Normally the last one; Kokkos leaves some deep copies of nothing without an end, and those are dropped here.
  const auto found = std::find_if(open.rbegin(), open.rend(), [&](const Open& span) { return span.kind == kind; });
  if (found == open.rend()) return;
  const auto duration_ns = end_ns - found->start_ns;
  m_writer.span(found->track, category(kind), found->name, found->start_ns, duration_ns, found->details);
  add_total(category(kind), found->name, duration_ns);
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
  const auto end_ns = now_ns();
  const std::lock_guard lock(m_mutex);
  if (section >= m_sections.size() || m_sections[section].start_ns < 0) return;
  const auto& [name, start_ns] = m_sections[section];
  // Sections may overlap each other and the regions, so each has a track of its own.
  const Track track = space_track("section " + name);
  m_writer.span(track, "section", name, start_ns, end_ns - start_ns, "");
  add_total("section", name, end_ns - start_ns);
  m_sections[section].start_ns = -1;
}

void KokkosTrace::Recorder::allocated(std::string_view space, std::string_view label, const void* address,
                                      std::uint64_t bytes) {
  const auto at_ns = now_ns();
  const std::lock_guard lock(m_mutex);
  m_allocations[address] = bytes;
  auto& live = m_memory[std::string(space)];
  live += bytes;
  m_writer.instant(thread_track(), "allocation", fmt::format("allocate {}", label), at_ns,
                   fmt::format(R"("space":{},"bytes":{})", json_quoted(space), bytes));
  m_writer.counter(host_process, fmt::format("memory in {}", space), at_ns, live);
}

void KokkosTrace::Recorder::freed(std::string_view space, std::string_view label, const void* address) {
  const auto at_ns = now_ns();
  const std::lock_guard lock(m_mutex);
  const auto allocation = m_allocations.find(address);
  if (allocation == m_allocations.end()) return;  // older than the trace: it never entered the curve
  const auto bytes = allocation->second;
  m_allocations.erase(allocation);
  auto& live = m_memory[std::string(space)];
  live -= std::min(live, bytes);
  m_writer.instant(thread_track(), "allocation", fmt::format("free {}", label), at_ns,
                   fmt::format(R"("space":{},"bytes":{})", json_quoted(space), bytes));
  m_writer.counter(host_process, fmt::format("memory in {}", space), at_ns, live);
}

void KokkosTrace::Recorder::mark(std::string_view name, std::string_view details) {
  const auto at_ns = now_ns();
  const std::lock_guard lock(m_mutex);
  m_writer.instant(thread_track(), "mark", name, at_ns, details);
}

void KokkosTrace::Recorder::describe_launches(std::string_view kernel, std::string arguments) {
  const std::lock_guard lock(m_mutex);
  m_launches[std::string(kernel)] = std::move(arguments);
}

void KokkosTrace::Recorder::close() { m_writer.close(); }

std::map<std::string, NameTotal> KokkosTrace::Recorder::totals() {
  const std::lock_guard lock(m_mutex);
  return m_totals;
}

void KokkosTrace::Recorder::add_total(std::string_view category, std::string_view name, std::int64_t duration_ns) {
  auto& total = m_totals[fmt::format("{} {}", category, name)];
  total.shortest_ns = total.count == 0 ? duration_ns : std::min(total.shortest_ns, duration_ns);
  total.longest_ns = std::max(total.longest_ns, duration_ns);
  total.total_ns += duration_ns;
  ++total.count;
}

}  // namespace nbk::bench::trace
