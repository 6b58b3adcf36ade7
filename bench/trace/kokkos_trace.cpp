// SPDX-License-Identifier: MIT
#include "bench/trace/kokkos_trace.hpp"

#include "bench/trace/trace_recorder.hpp"
#include "nbk/core/error.hpp"

#include <fmt/format.h>
#include <Kokkos_Core.hpp>

#include <atomic>

namespace nbk::bench::trace {
namespace {

namespace tools = Kokkos::Tools::Experimental;
using Kokkos::Tools::SpaceHandle;

// Kokkos' callbacks carry no pointer of ours, so they have to find the recorder here.
struct Connection {
  std::atomic<KokkosTrace::Recorder*> recorder{nullptr};
  tools::EventSet others{};  // of a tool that was there before: it gets every call, too
};
Connection connection;

// The kinds of device in the order in which Kokkos numbers them.
std::string space_name(std::uint32_t device) {
  constexpr std::string_view names[]{"Serial", "OpenMP",  "Cuda", "HIP",     "OpenMPTarget",
                                     "HPX",    "Threads", "SYCL", "OpenACC", "NextSilicon"};
  const auto id = tools::identifier_from_devid(device);
  const auto type = static_cast<std::size_t>(id.type);
  const auto name = type < std::size(names) ? names[type] : std::string_view("other");
  return id.device_id == 0 ? std::string(name) : fmt::format("{} device {}", name, id.device_id);
}

std::string kernel_details(std::string_view pattern, std::uint32_t device) {
  return fmt::format(R"("pattern":"{}","instance":{})", pattern, tools::identifier_from_devid(device).instance_id);
}

void begin_kernel(std::string_view pattern, const char* name, std::uint32_t device) {
  connection.recorder.load()->begin(SpanKind::kernel, name, space_name(device), kernel_details(pattern, device));
}

void begin_for(const char* name, const std::uint32_t device, std::uint64_t* id) {
  if (connection.others.begin_parallel_for) connection.others.begin_parallel_for(name, device, id);
  begin_kernel("parallel_for", name, device);
}
void end_for(std::uint64_t id) {
  connection.recorder.load()->end(SpanKind::kernel);
  if (connection.others.end_parallel_for) connection.others.end_parallel_for(id);
}
void begin_reduce(const char* name, const std::uint32_t device, std::uint64_t* id) {
  if (connection.others.begin_parallel_reduce) connection.others.begin_parallel_reduce(name, device, id);
  begin_kernel("parallel_reduce", name, device);
}
void end_reduce(std::uint64_t id) {
  connection.recorder.load()->end(SpanKind::kernel);
  if (connection.others.end_parallel_reduce) connection.others.end_parallel_reduce(id);
}
void begin_scan(const char* name, const std::uint32_t device, std::uint64_t* id) {
  if (connection.others.begin_parallel_scan) connection.others.begin_parallel_scan(name, device, id);
  begin_kernel("parallel_scan", name, device);
}
void end_scan(std::uint64_t id) {
  connection.recorder.load()->end(SpanKind::kernel);
  if (connection.others.end_parallel_scan) connection.others.end_parallel_scan(id);
}

void begin_fence(const char* name, const std::uint32_t device, std::uint64_t* id) {
  if (connection.others.begin_fence) connection.others.begin_fence(name, device, id);
  connection.recorder.load()->begin(SpanKind::fence, name, space_name(device), "");
}
void end_fence(std::uint64_t id) {
  connection.recorder.load()->end(SpanKind::fence);
  if (connection.others.end_fence) connection.others.end_fence(id);
}

void push_region(const char* name) {
  if (connection.others.push_region) connection.others.push_region(name);
  connection.recorder.load()->begin(SpanKind::region, name, "", "");
}
void pop_region() {
  connection.recorder.load()->end(SpanKind::region);
  if (connection.others.pop_region) connection.others.pop_region();
}

// Views over foreign memory and temporaries have none.
std::string_view label_or(const char* name) { return *name != '\0' ? name : "(no label)"; }

void begin_copy(SpaceHandle to, const char* to_name, const void* to_address, SpaceHandle from, const char* from_name,
                const void* from_address, std::uint64_t bytes) {
  if (connection.others.begin_deep_copy) {
    connection.others.begin_deep_copy(to, to_name, to_address, from, from_name, from_address, bytes);
  }
  connection.recorder.load()->begin(
      SpanKind::deep_copy, fmt::format("{} <- {}", label_or(to_name), label_or(from_name)), "",
      fmt::format(R"("bytes":{},"from":{},"to":{})", bytes, json_quoted(from.name), json_quoted(to.name)));
}
void end_copy() {
  connection.recorder.load()->end(SpanKind::deep_copy);
  if (connection.others.end_deep_copy) connection.others.end_deep_copy();
}

void allocated(const SpaceHandle space, const char* label, const void* address, const std::uint64_t bytes) {
  if (connection.others.allocate_data) connection.others.allocate_data(space, label, address, bytes);
  connection.recorder.load()->allocated(space.name, label, address, bytes);
}
void freed(const SpaceHandle space, const char* label, const void* address, const std::uint64_t bytes) {
  if (connection.others.deallocate_data) connection.others.deallocate_data(space, label, address, bytes);
  connection.recorder.load()->freed(space.name, label, address);
}

// With another tool the section's number is that tool's, which need not be ours: then sections are left to it.
void create_section(const char* name, std::uint32_t* id) {
  if (connection.others.create_profile_section) {
    connection.others.create_profile_section(name, id);
  } else {
    *id = connection.recorder.load()->name_section(name);
  }
}
void start_section(const std::uint32_t id) {
  if (connection.others.start_profile_section) return connection.others.start_profile_section(id);
  connection.recorder.load()->start_section(id);
}
void stop_section(const std::uint32_t id) {
  if (connection.others.stop_profile_section) return connection.others.stop_profile_section(id);
  connection.recorder.load()->stop_section(id);
}

void mark(const char* name) {
  if (connection.others.profile_event) connection.others.profile_event(name);
  connection.recorder.load()->mark(name, "");
}
void declare_metadata(const char* key, const char* value) {
  if (connection.others.declare_metadata) connection.others.declare_metadata(key, value);
  connection.recorder.load()->mark(fmt::format("metadata {}", key), fmt::format("\"value\":{}", json_quoted(value)));
}

tools::EventSet connected(tools::EventSet events) {
  events.begin_parallel_for = begin_for;
  events.end_parallel_for = end_for;
  events.begin_parallel_reduce = begin_reduce;
  events.end_parallel_reduce = end_reduce;
  events.begin_parallel_scan = begin_scan;
  events.end_parallel_scan = end_scan;
  events.begin_fence = begin_fence;
  events.end_fence = end_fence;
  events.push_region = push_region;
  events.pop_region = pop_region;
  events.begin_deep_copy = begin_copy;
  events.end_deep_copy = end_copy;
  events.allocate_data = allocated;
  events.deallocate_data = freed;
  events.create_profile_section = create_section;
  events.start_profile_section = start_section;
  events.stop_profile_section = stop_section;
  events.profile_event = mark;
  events.declare_metadata = declare_metadata;
  return events;
}

}  // namespace

KokkosTrace::KokkosTrace(const std::filesystem::path& path, const std::string& metadata) {
  require(connection.recorder.load() == nullptr, "trace", path.string(), "must wait for the end of another trace");
  m_recorder = std::make_unique<Recorder>(path, metadata);
  connection.others = tools::get_callbacks();
  connection.recorder = m_recorder.get();
  tools::set_callbacks(connected(connection.others));
}

KokkosTrace::~KokkosTrace() {
  tools::set_callbacks(connection.others);
  connection.recorder = nullptr;
}

void KokkosTrace::describe_launches(std::string_view kernel, std::string arguments) {
  m_recorder->describe_launches(kernel, std::move(arguments));
}

void KokkosTrace::close() { m_recorder->close(); }

std::map<std::string, NameTotal> KokkosTrace::totals() const { return m_recorder->totals(); }

std::uint64_t KokkosTrace::events() const { return m_recorder->events(); }

}  // namespace nbk::bench::trace
