// SPDX-License-Identifier: MIT
#include "src/summary.hpp"

#include <fmt/format.h>

#include <cctype>

namespace nbk::bench {
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
  auto text = milliseconds(statistics["median"]);
  if (statistics["raw"].size() > 1) text += " ± " + milliseconds(statistics["mad"]);
  return text;
}

std::string row(const Json& record) {
  return fmt::format("| {0} x {0} | {1} | {2} | {3} | {4} | {5} | {6} | {7} | {8} | {9} | {10} |\n",
                     record["size"].get<int>(), dtype_text(record), spread(record["time_cold"]["total_s"]),
                     spread(record["time_warm"]["total_s"]), spread(record["time_warm"]["simulation_s"]),
                     milliseconds(record["reference"]["time_s"]), number(record["speedup_cold"], "{:.1f}"),
                     number(record["speedup_warm"], "{:.1f}"), number(record["correlation_warm"], "{:.9f}"),
                     number(record["sum_ratio_warm"], "{:.7f}"),
                     record["passed"].get<bool>() ? "passed" : "**FAILED**");
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
    text +=
        "| image | precision | cold | warm | warm, simulation | reference | speed-up cold | warm | correlation | "
        "sum ratio | verdict |\n|---|---|---|---|---|---|---|---|---|---|---|\n";
    for (const auto& record : results["records"]) text += row(record);
    text += "\n" + reference_sentence(results["records"][0]) + "\n";
  }
  return text + machine_lines(environment) + "\nAll figures: benchmark_results.json. To run it again: commands.txt.\n";
}

}  // namespace nbk::bench
