// SPDX-License-Identifier: MIT
#include "bench/jobs/summary.hpp"

#include <fmt/format.h>

#include <cctype>
#include <functional>
#include <vector>

namespace nbk::bench::jobs {
namespace {

std::string upper(std::string text) {
  for (char& c : text) c = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return text;
}

std::string number(const Json& value, const char* pattern) {
  return value.is_number() ? fmt::format(fmt::runtime(pattern), value.get<double>()) : "-";
}

std::string milliseconds(const Json& seconds) {
  return seconds.is_number() ? fmt::format("{:.3g} ms", 1e3 * seconds.get<double>()) : "-";
}

std::string spread(const Json& statistics) {
  if (statistics["raw"].size() < 2 || !statistics["median"].is_number()) return milliseconds(statistics["median"]);
  return fmt::format("{:.3g} ± {:.2g} ms", 1e3 * statistics["median"].get<double>(),
                     1e3 * statistics["mad"].get<double>());
}

// One column per record, so that one or two fit a phone and many can be compared along a row.
std::string table(const Json& records) {
  struct Row {
    const char* name;
    std::function<std::string(const Json&)> cell;
  };
  const std::vector<Row> rows{
      {"verdict", [](const Json& r) { return std::string(r["passed"].get<bool>() ? "passed" : "**FAILED**"); }},
      {"precision", dtype_text},
      {"cold, total", [](const Json& r) { return spread(r["time_cold"]["total_s"]); }},
      {"warm, total", [](const Json& r) { return spread(r["time_warm"]["total_s"]); }},
      {"warm, set-up", [](const Json& r) { return spread(r["time_warm"]["setup_s"]); }},
      {"warm, simulation", [](const Json& r) { return spread(r["time_warm"]["simulation_s"]); }},
      {"warm, copy-out", [](const Json& r) { return spread(r["time_warm"]["copy_out_s"]); }},
      {"reference", [](const Json& r) { return milliseconds(r["reference"]["time_s"]); }},
      {"speed-up, cold", [](const Json& r) { return number(r["speedup_cold"], "{:.1f}"); }},
      {"speed-up, warm", [](const Json& r) { return number(r["speedup_warm"], "{:.1f}"); }},
      {"correlation", [](const Json& r) { return number(r["correlation_warm"], "{:.9f}"); }},
      {"sum ratio", [](const Json& r) { return number(r["sum_ratio_warm"], "{:.7f}"); }},
      {"peak memory",
       [](const Json& r) { return fmt::format("{:.0f} MiB", r["peak_memory_bytes"].get<double>() / (1 << 20)); }}};
  std::string text = "| |", ruler = "|---|";
  for (const auto& record : records) {
    text += fmt::format(" {0} x {0} |", record["size"].get<int>());
    ruler += "---|";
  }
  text += "\n" + ruler + "\n";
  for (const auto& row : rows) {
    text += fmt::format("| {} |", row.name);
    for (const auto& record : records) text += " " + row.cell(record) + " |";
    text += "\n";
  }
  return text;
}

std::string reference_sentence(const Json& record) {
  if (record["reference"]["kind"] == "c_program") {
    return fmt::format(
        "Compared with the C program `{}`; its time is that of the whole process, nbk's is set-up, "
        "simulation and copy-out.\n",
        record["reference"]["program"].get<std::string>());
  }
  return "Compared with the built-in reference, a plain implementation in double precision inside this project; its "
         "time says nothing about the C program, so no speed-up is given.\n";
}

}  // namespace

std::string headline(const Json& results) {
  auto text = fmt::format("# nbk-bench: {}\n\nStarted {}, {:.2f} s.\n\n", upper(results["status"].get<std::string>()),
                          results["started"].get<std::string>(), results["duration_s"].get<double>());
  for (const auto& reason : results["reasons"]) text += fmt::format("- {}\n", reason.get<std::string>());
  if (!results["reasons"].empty()) text += "\n";
  return text;
}

std::string dtype_text(const Json& record) {
  const auto asked = record["dtype"].get<std::string>(), used = record["dtype_used"].get<std::string>();
  return asked == used ? asked : asked + " as " + used;
}

std::string machine_lines(const Json& environment) {
  const auto& machine = environment["machine"];
  const auto& git = environment["git"];
  std::string commit = git["commit"].is_null() ? "unknown" : git["commit"].get<std::string>();
  if (git["dirty"] == true) commit += " with changes";
  return fmt::format(
      "- {}, {} cores, {:.0f} GiB\n- {}, `{}`\n- Kokkos {}, {} host threads\n- commit {}\n",
      machine["processor"].get<std::string>(), machine["cores"].get<int>(),
      machine["memory_bytes"].get<double>() / (1 << 30), environment["build"]["compiler"].get<std::string>(),
      environment["build"]["flags"].get<std::string>(), environment["kokkos"]["version"].get<std::string>(),
      environment["kokkos"]["host_threads"].get<int>(), commit);
}

std::string summarise(const Json& results, const Json& environment) {
  auto text = headline(results);
  if (!results["records"].empty()) {
    text += table(results["records"]) + "\n" + reference_sentence(results["records"][0]) + "\n";
  }
  return text + machine_lines(environment) + "\nAll figures: benchmark_results.json. To run it again: commands.txt.\n";
}

}  // namespace nbk::bench::jobs
