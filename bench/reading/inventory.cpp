// SPDX-License-Identifier: MIT
#include "bench/reading/inventory.hpp"

#include "bench/system/files.hpp"
#include "bench/trace/launch_description.hpp"
#include "nbk/core/error.hpp"

#include <fmt/format.h>

#include <optional>

namespace nbk::bench::reading {
namespace {

namespace fs = std::filesystem;

constexpr double near_a_limit = 0.5;      // share of peak or bandwidth from which that is called the limit
constexpr double short_call_s = 20e-6;    // below this a call costs about as much as starting it
constexpr double first_time_ratio = 1.3;  // cold over warm from which the first time is called the reason

// A row with what is derived from it; shares are of 1.
struct Rates {
  double time_s = 0, per_call_s = 0;
  std::optional<double> evaluations_per_s, bytes_per_s, operations_per_s, of_peak, of_bandwidth;
};

Rates rates_of(const RegionTime& row, const KernelDetails& details, const Json& peaks) {
  Rates rates;
  rates.time_s = 1e-9 * static_cast<double>(row.own_ns);
  rates.per_call_s = rates.time_s / static_cast<double>(row.calls);
  if (rates.time_s <= 0) return rates;
  const auto calls = static_cast<double>(row.calls);
  double bytes = row.bytes;
  if (row.kind == TraceKind::kernel && details.evaluations > 0) {
    rates.evaluations_per_s = details.evaluations * calls / rates.time_s;
    rates.operations_per_s = details.operations * calls / rates.time_s;
    bytes = details.least_bytes * calls;
  }
  if (bytes > 0) rates.bytes_per_s = bytes / rates.time_s;
  if (peaks.is_null()) return rates;
  const auto* peak = details.precision == "float64" ? "float64_operations_per_s" : "float32_operations_per_s";
  if (rates.operations_per_s) rates.of_peak = *rates.operations_per_s / peaks[peak].get<double>();
  // A copy reads and writes, so it moves each byte twice.
  const double moved = row.kind == TraceKind::deep_copy ? 2 : 1;
  if (rates.bytes_per_s) rates.of_bandwidth = moved * *rates.bytes_per_s / peaks["store_bytes_per_s"].get<double>();
  return rates;
}

// The same place of the warm part, where there is one.
const RegionTime* warm_twin(const RegionTimes& times, const std::string& path) {
  constexpr std::string_view cold = "cold > ";
  if (!path.starts_with(cold)) return nullptr;
  for (const auto& row : times.rows) {
    if (row.path == "warm > " + path.substr(cold.size())) return &row;
  }
  return nullptr;
}

// What the figures say, and no more.
std::string limit_of(const RegionTime& row, const Rates& rates, const RegionTimes& times) {
  const double peak = rates.of_peak.value_or(0), bandwidth = rates.of_bandwidth.value_or(0);
  if (bandwidth >= near_a_limit && bandwidth >= peak) return "memory bandwidth";
  if (peak >= near_a_limit) return "arithmetic";
  if (const auto* warm = warm_twin(times, row.path); warm != nullptr && warm->own_ns > 0) {
    const double ratio =
        rates.per_call_s / (1e-9 * static_cast<double>(warm->own_ns) / static_cast<double>(warm->calls));
    if (ratio >= first_time_ratio && rates.per_call_s >= short_call_s) {
      return fmt::format("the first time: memory and code are new ({:.1f} x the warm one)", ratio);
    }
  }
  if (rates.per_call_s < short_call_s) return "the cost of a call";
  if (rates.of_peak || rates.of_bandwidth) return "neither peak: waiting, or work that is not counted";
  return row.kind == TraceKind::region ? "host code, not counted" : "not counted";
}

Json number(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }
Json text_or_null(std::string_view text) { return text.empty() ? Json(nullptr) : Json(text); }

std::string kind_name(TraceKind kind) {
  switch (kind) {
    case TraceKind::kernel: return "kernel";
    case TraceKind::deep_copy: return "deep_copy";
    case TraceKind::region: return "region";
    case TraceKind::fence: break;
  }
  return "fence";
}

// A copy's own label names Views, so its place is that of the region around it.
std::string source_of_row(const Trace& trace, const RegionTime& row) {
  const auto own = trace::source_of(trace.names[row.name]);
  if (!own.empty() || row.kind != TraceKind::deep_copy) return std::string(own);
  for (std::size_t end = row.path.rfind(" > "); end != std::string::npos && end > 0;
       end = row.path.rfind(" > ", end - 1)) {
    const auto begin = row.path.rfind(" > ", end - 1);
    const auto from = begin == std::string::npos ? 0 : begin + 3;
    const auto around = trace::source_of(std::string_view(row.path).substr(from, end - from));
    if (!around.empty()) return std::string(around);
  }
  return "";
}

Json row_json(const Trace& trace, const RegionTimes& times, const RegionTime& row, const Json& peaks) {
  const auto& details = trace.details[row.name];
  const auto rates = rates_of(row, details, peaks);
  const bool described = row.kind == TraceKind::kernel && details.pack_width > 0;
  return {{"path", row.path},
          {"name", trace.names[row.name]},
          {"kind", kind_name(row.kind)},
          {"calls", row.calls},
          {"time_s", rates.time_s},
          {"source", text_or_null(source_of_row(trace, row))},
          {"functor", text_or_null(row.kind == TraceKind::kernel ? details.functor : "")},
          {"space", text_or_null(row.kind == TraceKind::kernel ? details.space : "")},
          {"precision", text_or_null(row.kind == TraceKind::kernel ? details.precision : "")},
          {"in_packs", described ? Json(details.pack_width > 1) : Json(nullptr)},
          {"pack_width", described ? Json(details.pack_width) : Json(nullptr)},
          {"evaluations_per_s", number(rates.evaluations_per_s)},
          {"operations_per_s", number(rates.operations_per_s)},
          {"bytes_per_s", number(rates.bytes_per_s)},
          {"share_of_peak", number(rates.of_peak)},
          {"share_of_bandwidth", number(rates.of_bandwidth)},
          {"limit", limit_of(row, rates, times)}};
}

}  // namespace

Json inventory_of_trace(const Trace& trace, const Json& peaks) {
  const auto times = region_times(trace);
  const double wall_s = 1e-9 * static_cast<double>(trace.wall_ns);
  Json regions = Json::array();
  double so_far_s = 0;
  for (const auto& row : times.rows) {
    auto json = row_json(trace, times, row, peaks);
    so_far_s += json["time_s"].get<double>();
    json["share"] = wall_s > 0 ? json["time_s"].get<double>() / wall_s : 0;
    json["cumulative_share"] = wall_s > 0 ? so_far_s / wall_s : 0;
    regions.push_back(std::move(json));
  }
  const double unexplained_s = 1e-9 * static_cast<double>(times.unexplained_ns);
  return {{"wall_s", wall_s},
          {"events", trace.events},
          {"unexplained_s", unexplained_s},
          {"unexplained_share", wall_s > 0 ? unexplained_s / wall_s : 0},
          {"other_threads_s", 1e-9 * static_cast<double>(times.other_threads_ns)},
          {"regions", regions}};
}

Json make_inventory(const fs::path& folder) {
  const auto file = folder / "benchmark_results.json";
  try {
    const auto results = Json::parse(system::read_text(file));
    const auto peaks = results.value("peaks", Json(nullptr));
    Json sizes = Json::array();
    for (const auto& record : results.at("records")) {
      const int size = record.at("size");
      const auto trace = fmt::format("profile_{0}x{0}/trace.json", size);
      if (!fs::exists(folder / trace)) continue;
      Json entry{{"size", size}, {"trace", trace}};
      entry.update(inventory_of_trace(read_trace(folder / trace), peaks));
      sizes.push_back(std::move(entry));
    }
    if (sizes.empty()) throw FileError(folder.string() + ": has no trace; run the main job with --profile");
    return {{"schema", "nbk inventory"},
            {"schema_version", inventory_schema_version},
            {"run", fs::absolute(folder).lexically_normal().filename().string()},
            {"fingerprint", results.at("fingerprint")},
            {"git", results.at("git")},
            {"peaks", peaks},
            {"sizes", sizes}};
  } catch (const Json::exception& error) {
    throw FileError(file.string() + ": is no record of nbk-bench: " + error.what());
  }
}

}  // namespace nbk::bench::reading
