// SPDX-License-Identifier: MIT
#include "bench/reading/history.hpp"

#include "bench/measure/statistics.hpp"
#include "bench/reading/evidence_commands.hpp"
#include "bench/reading/evidence_options.hpp"
#include "bench/system/files.hpp"
#include "nbk/core/error.hpp"

#include <fmt/format.h>

#include <map>
#include <utility>

namespace nbk::bench::reading {
namespace {

std::string times(const RunRecord& record, const std::string& part) {
  const auto found = record.seconds.find(part);
  if (found == record.seconds.end()) return "-";
  auto text = fmt::format("{:.4g} ms", 1e3 * median(found->second));
  if (found->second.size() > 1)
    text += fmt::format(" ± {:.2g}", 1e3 * measure::median_absolute_deviation(found->second));
  return text;
}

std::string number(const std::optional<double>& value, const char* pattern) {
  return value ? fmt::format(fmt::runtime(pattern), *value) : "-";
}

std::string commit_text(const RunRecord& record) {
  if (record.commit.empty()) return "unknown";
  return record.commit.substr(0, 10) + (record.changed ? " +" : "");
}

}  // namespace

std::vector<Series> series_of(const RunList& list) {
  std::map<std::pair<std::string, std::string>, Series> found;
  for (const auto& record : list.records) {
    auto& series = found[{record.fingerprint, record.workload}];
    series.fingerprint = record.fingerprint;
    series.workload = record.workload;
    series.records.push_back(&record);
  }
  std::vector<Series> all;
  all.reserve(found.size());
  for (auto& [key, series] : found) all.push_back(std::move(series));
  return all;
}

std::string history_text(const RunList& list, const std::vector<Series>& all) {
  auto text = fmt::format(
      "# History\n\n{} runs, {} of them incomplete and left out. Warm times: median ± median absolute deviation. A + "
      "stands behind a commit that was changed.\n\n"
      "| machine | workload | commit | started | repetitions | set-up | simulation | total | correlation | max "
      "difference | verdict |\n|---|---|---|---|---|---|---|---|---|---|---|\n",
      list.runs, list.incomplete);
  for (const auto& series : all) {
    for (const auto* record : series.records) {
      const auto raw = record->seconds.find("simulation_s");
      text +=
          fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n", series.fingerprint, series.workload,
                      commit_text(*record), record->started, raw == record->seconds.end() ? 0 : raw->second.size(),
                      times(*record, "setup_s"), times(*record, "simulation_s"), times(*record, "total_s"),
                      number(record->correlation, "{:.9f}"), number(record->max_abs_diff, "{:.3g}"),
                      record->passed ? "passed" : "**FAILED**");
    }
  }
  return text;
}

system::Exit run_history(const std::vector<std::string>& arguments) {
  std::string help;
  const auto options = parse_history_options(arguments, help);
  if (!options) {
    fmt::print("{}", help);
    return system::Exit::passed;
  }
  const auto list = read_runs(options->folders);
  const auto all = series_of(list);
  std::error_code error;
  std::filesystem::create_directories(options->output, error);
  require(!error, "--output", options->output.string(), "must be a writable folder: " + error.message());
  system::write_text(options->output / "history.md", history_text(list, all));
  system::write_text(options->output / "history.svg", history_svg(all));
  fmt::print("{} runs, {} incomplete, {} series: {} and history.svg\n", list.runs, list.incomplete, all.size(),
             (options->output / "history.md").string());
  return system::Exit::passed;
}

}  // namespace nbk::bench::reading
