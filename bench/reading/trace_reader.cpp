// SPDX-License-Identifier: MIT
#include "bench/reading/trace_reader.hpp"

#include "nbk/core/error.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <map>
#include <optional>
#include <string_view>

namespace nbk::bench::reading {
namespace {

using Event = nlohmann::json;

std::optional<TraceKind> kind_of(std::string_view category) {
  if (category == "kernel") return TraceKind::kernel;
  if (category == "deep_copy") return TraceKind::deep_copy;
  if (category == "region") return TraceKind::region;
  if (category == "fence") return TraceKind::fence;
  return std::nullopt;  // sections overlap regions: they are no part of the nest
}

std::int64_t nanoseconds(const Event& microseconds) { return std::llround(1e3 * microseconds.get<double>()); }

KernelDetails details_of(const Event& arguments) {
  KernelDetails details;
  details.space = arguments.value("space", "");
  details.functor = arguments.value("functor", "");
  details.precision = arguments.value("precision", "");
  details.pack_width = arguments.value("pack_width", 0);
  details.evaluations = arguments.value("evaluations", 0.0);
  details.least_bytes = arguments.value("least_bytes", 0.0);
  details.operations = arguments.value("operations", 0.0);
  return details;
}

class Reader {
 public:
  void add(const Event& event) {
    ++m_trace.events;
    if (!event.contains("ts")) return;
    const auto start_ns = nanoseconds(event["ts"]);
    const auto duration_ns = event.contains("dur") ? nanoseconds(event["dur"]) : 0;
    m_trace.wall_ns = std::max(m_trace.wall_ns, start_ns + duration_ns);
    if (event["ph"] != "X") return;
    const auto kind = kind_of(event["cat"].get<std::string>());
    if (!kind) return;
    const auto& arguments = event["args"];
    const int thread = *kind == TraceKind::kernel ? arguments.value("thread", 1) : event["tid"].get<int>();
    m_trace.spans.push_back({*kind, name_index(event["name"].get<std::string>(), *kind, arguments), thread, start_ns,
                             duration_ns, *kind == TraceKind::deep_copy ? arguments.value("bytes", 0.0) : 0});
  }

  Trace take() { return std::move(m_trace); }

 private:
  std::size_t name_index(const std::string& name, TraceKind kind, const Event& arguments) {
    const auto [entry, fresh] = m_names.try_emplace(name, m_trace.names.size());
    if (fresh) {
      m_trace.names.push_back(name);
      m_trace.details.emplace_back();
    }
    auto& details = m_trace.details[entry->second];
    if (kind == TraceKind::kernel && details.space.empty()) details = details_of(arguments);
    return entry->second;
  }

  Trace m_trace;
  std::map<std::string, std::size_t> m_names;
};

}  // namespace

Trace read_trace(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) throw FileError(file.string() + ": cannot be read");
  Reader reader;
  std::string line;
  bool complete = false;
  try {
    while (std::getline(stream, line)) {
      if (line.starts_with("]}")) complete = true;
      if (!line.starts_with("{\"ph\"")) continue;
      if (line.back() == ',') line.pop_back();
      reader.add(Event::parse(line));
    }
  } catch (const Event::exception& error) {
    throw FileError(file.string() + ": is no trace that nbk-bench wrote: " + error.what());
  }
  if (!complete) throw FileError(file.string() + ": is no complete trace of nbk-bench; was its run killed?");
  return reader.take();
}

}  // namespace nbk::bench::reading
