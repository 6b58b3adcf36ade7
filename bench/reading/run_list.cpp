// SPDX-License-Identifier: MIT
#include "bench/reading/run_list.hpp"

#include "bench/system/files.hpp"
#include "nbk/core/error.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <array>

namespace nbk::bench::reading {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;

constexpr std::array result_names{"benchmark_results.json", "suite_results.json"};

std::optional<fs::path> results_of(const fs::path& folder) {
  std::error_code ignored;
  for (const char* name : result_names) {
    if (fs::exists(folder / name, ignored)) return folder / name;
  }
  return std::nullopt;
}

std::optional<double> number(const Json& value) {
  return value.is_number() ? std::optional(value.get<double>()) : std::nullopt;
}

std::vector<double> raw_of(const Json& statistics) { return statistics.at("raw").get<std::vector<double>>(); }

std::string workload_of(const Json& record) {
  auto name = record.at("workload").get<std::string>();
  if (record.contains("size")) name += fmt::format(" {0} x {0}", record["size"].get<int>());
  if (record.value("tiny", false)) name += " (tiny)";
  return fmt::format("{}, {}, {}, {} threads", name, record.at("dtype").get<std::string>(),
                     record.at("space").get<std::string>(), record.at("threads").get<int>());
}

// The suite has no copy-out, and names its warm times one by one.
void read_times(const Json& record, RunRecord& result) {
  if (record.contains("time_warm")) {
    for (const auto& [part, statistics] : record["time_warm"].items()) result.seconds[part] = raw_of(statistics);
    result.correlation = number(record.at("correlation_warm"));
    result.max_abs_diff =
        number(record.at("parity").at("warm").is_null() ? Json() : record["parity"]["warm"]["max_abs_diff"]);
    return;
  }
  result.seconds["setup_s"] = raw_of(record.at("setup_warm_s"));
  result.seconds["simulation_s"] = raw_of(record.at("time_s"));
  const auto& parity = record.at("parity_with_float64");
  if (parity.is_null()) return;
  result.correlation = number(parity.at("correlation"));
  result.max_abs_diff = number(parity.at("max_abs_diff"));
}

void read_run(const fs::path& folder, const fs::path& file, RunList& list) {
  try {
    const auto results = Json::parse(system::read_text(file));
    ++list.runs;
    if (results.at("status") == "incomplete" || fs::exists(folder / "INCOMPLETE")) {
      ++list.incomplete;
      return;
    }
    for (const auto& record : results.at("records")) {
      RunRecord one;
      one.run = folder;
      one.started = results.at("started");
      one.fingerprint = results.at("fingerprint");
      const auto& git = results.at("git");
      if (git.at("commit").is_string()) one.commit = git["commit"];
      one.changed = git.at("dirty").is_boolean() && git["dirty"].get<bool>();
      one.workload = workload_of(record);
      one.passed = record.at("passed");
      read_times(record, one);
      list.records.push_back(std::move(one));
    }
  } catch (const Json::exception& error) {
    throw FileError(file.string() + ": is no record of nbk-bench: " + error.what());
  }
}

void read_folder(const fs::path& folder, RunList& list) {
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (!entry.is_directory()) continue;
    if (const auto file = results_of(entry.path())) {
      read_run(entry.path(), *file, list);
    } else if (fs::exists(entry.path() / "INCOMPLETE")) {
      ++list.runs;
      ++list.incomplete;
    }
  }
}

}  // namespace

RunList read_runs(const std::vector<fs::path>& paths) {
  RunList list;
  for (const auto& path : paths) {
    if (const auto file = results_of(path)) {
      read_run(path, *file, list);
      continue;
    }
    read_folder(path, list);
    if (fs::is_directory(path / "failed")) read_folder(path / "failed", list);
  }
  std::stable_sort(list.records.begin(), list.records.end(), [](const RunRecord& a, const RunRecord& b) {
    return a.started != b.started ? a.started < b.started : a.run < b.run;
  });
  return list;
}

}  // namespace nbk::bench::reading
