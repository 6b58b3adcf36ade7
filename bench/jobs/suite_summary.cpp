// SPDX-License-Identifier: MIT
#include "bench/jobs/suite_summary.hpp"

#include "bench/jobs/summary.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

namespace nbk::bench::jobs {
namespace {

std::string percent(const Json& share) { return fmt::format("{:.1f} %", 100 * share.get<double>()); }

std::string ratio_text(const Json& reference) {
  if (reference.is_null() || reference["pairs"].empty()) return "- | -";
  const auto& ratio = reference["ratio"];
  auto text = fmt::format("{:.1f} ± {:.1f}", ratio["median"].get<double>(), ratio["mad"].get<double>());
  if (reference["reaches_floor"].is_null()) return text + " | -";
  return text + fmt::format(" | {:.0f}{}", reference["floor"].get<double>(),
                            reference["reaches_floor"].get<bool>() ? "" : " **missed**");
}

std::string parity_text(const Json& record) {
  const auto& with_double = record["parity_with_float64"];
  if (with_double.is_null()) return "-";
  const auto& correlation = with_double["correlation"];
  return correlation.is_null() ? "undefined" : fmt::format("{:.8f}", correlation.get<double>());
}

std::string row(const Json& record) {
  return fmt::format("| {} | {} | {} | {:.4g} ± {:.2g} ms | {:.3g} | {:.4g} | {} | {} | {} | {} | {} |\n",
                     record["workload"].get<std::string>(), dtype_text(record), record["threads"].get<int>(),
                     1e3 * record["time_s"]["median"].get<double>(), 1e3 * record["time_s"]["mad"].get<double>(),
                     record["evaluations"].get<double>(), record["ns_per_evaluation"].get<double>(),
                     percent(record["arithmetic"]["share_of_peak"]), percent(record["traffic"]["share_of_bandwidth"]),
                     ratio_text(record["reference"]), parity_text(record),
                     record["passed"].get<bool>() ? "passed" : "**FAILED**");
}

std::optional<double> time_of(const Json& records, const Json& like, const std::string& dtype, int threads) {
  for (const auto& record : records) {
    const bool same =
        record["workload"] == like["workload"] && record["dtype"] == dtype && record["threads"] == threads;
    if (same) return record["time_s"]["median"].get<double>();
  }
  return std::nullopt;
}

std::string over(std::optional<double> a, std::optional<double> b) {
  return a && b ? fmt::format("{:.2f}", *a / *b) : "-";
}

// Per workload, at its largest number of threads: what precision costs, what threads give.
std::string relations(const Json& records) {
  std::string text = "| workload | mixed / float32 | float64 / float32 | 1 thread / all |\n|---|---|---|---|\n";
  std::string last;
  for (const auto& record : records) {
    if (record["workload"] == last) continue;
    last = record["workload"].get<std::string>();
    int most = 0;
    for (const auto& other : records) {
      if (other["workload"] == last) most = std::max(most, other["threads"].get<int>());
    }
    const auto single = time_of(records, record, "float32", most);
    text += fmt::format("| {} | {} | {} | {} |\n", last, over(time_of(records, record, "mixed", most), single),
                        over(time_of(records, record, "float64", most), single),
                        most > 1 ? over(time_of(records, record, "float32", 1), single) : "-");
  }
  return text;
}

}  // namespace

std::string summarise_suite(const Json& results, const Json& environment) {
  auto text = headline(results);
  for (const auto& skipped : results["skipped"]) {
    text += fmt::format("- skipped: {}, {} threads: {}\n", skipped["workload"].get<std::string>(),
                        skipped["threads"].get<int>(), skipped["reason"].get<std::string>());
  }
  if (!results["skipped"].empty()) text += "\n";
  if (!results["records"].empty()) {
    text +=
        "| workload | precision | threads | time | evaluations | ns each | of peak arithmetic | of store bandwidth | "
        "C loop / nbk | floor | correlation with float64 | verdict |\n"
        "|---|---|---|---|---|---|---|---|---|---|---|---|\n";
    for (const auto& record : results["records"]) text += row(record);
    text += "\n" + relations(results["records"]) + "\n";
    const auto& peaks = results["records"].back()["peaks"];
    text += fmt::format(
        "- peaks measured in the last process: {:.0f} Gflop/s in float32, {:.0f} in float64, {:.1f} GB/s stored\n",
        1e-9 * peaks["float32_operations_per_s"].get<double>(), 1e-9 * peaks["float64_operations_per_s"].get<double>(),
        1e-9 * peaks["store_bytes_per_s"].get<double>());
  }
  return text + machine_lines(environment) + "\nAll figures: suite_results.json. To run it again: commands.txt.\n";
}

}  // namespace nbk::bench::jobs
