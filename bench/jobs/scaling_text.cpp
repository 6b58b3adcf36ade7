// SPDX-License-Identifier: MIT
#include "bench/jobs/scaling_record.hpp"

#include <fmt/format.h>

namespace nbk::bench::jobs {
namespace {

std::string ms(const Json& seconds) {
  return seconds.is_number() ? fmt::format("{:.3g}", 1e3 * seconds.get<double>()) : "-";
}

std::string spread_ms(const Json& statistics) { return ms(statistics["median"]) + " ± " + ms(statistics["mad"]); }

std::string mib(const Json& bytes) {
  return bytes.is_number() ? fmt::format("{:.1f}", bytes.get<double>() / (1 << 20)) : "-";
}

std::string name(const Json& entry) { return entry["workload"].get<std::string>(); }

std::string line_table(const Json& line, const std::string& introduction) {
  if (line["points"].empty()) return "";
  auto text =
      introduction + "\n\n| evaluations | time, ms | ns each | exponent from the row above |\n|---|---|---|---|\n";
  for (const auto& point : line["points"]) {
    const auto& exponent = point["exponent_from_last"];
    text += fmt::format("| {:.3g} | {} | {:.4g} | {} |\n", point["evaluations"].get<double>(),
                        spread_ms(point["time_s"]), point["ns_per_evaluation"].get<double>(),
                        exponent.is_number() ? fmt::format("{:.3f}", exponent.get<double>()) : "-");
  }
  if (line["exponent"].is_number()) {
    text += fmt::format("\nTime grows as evaluations to the power of {:.4f} (least squares of the logarithms).\n",
                        line["exponent"].get<double>());
  }
  return text + "\n";
}

std::string threads_table(const Json& threads) {
  if (threads.empty()) return "";
  const int all = threads[0]["threads"].get<int>();
  auto text =
      fmt::format("## Threads\n\n| workload | 1 thread, ms | {0} threads, ms | 1 / {0} |\n|---|---|---|---|\n", all);
  for (const auto& entry : threads) {
    const auto& middle = entry["pairs"][entry["pairs"].size() / 2];
    text += fmt::format("| {} | {} | {} | {:.3f} ± {:.2g} |\n", name(entry), ms(middle["one_s"]), ms(middle["all_s"]),
                        entry["ratio"]["median"].get<double>(), entry["ratio"]["mad"].get<double>());
  }
  return text + fmt::format("\nRatios are medians of {} pairs of processes in turn; times are those of one pair.\n\n",
                            threads[0]["pairs"].size());
}

std::string start_up_table(const Json& start_up) {
  if (start_up["processes"] == 0) return "";
  std::string text = "## Start-up\n\n| part | ms |\n|---|---|\n";
  for (const auto& part : start_up_parts()) {
    text += fmt::format("| {} | {} |\n", part.meaning, spread_ms(start_up["parts"][part.name]));
  }
  return text + fmt::format("\n{} fresh processes with {} threads; the main job's image.\n\n",
                            start_up["processes"].get<int>(), start_up["threads"].get<int>());
}

std::string set_up_table(const Json& set_up, const Json& memory) {
  if (set_up.empty()) return "";
  std::string text =
      "## Set-up and memory\n\n| workload | new plan, ms | plan reused, ms | image, MiB | tables, MiB | held besides, "
      "MiB |\n|---|---|---|---|---|---|\n";
  for (std::size_t i = 0; i < set_up.size(); ++i) {
    text += fmt::format("| {}{} | {} | {} | {} | {} | {} |\n", name(set_up[i]),
                        set_up[i]["has_table"].get<bool>() ? " (new table of structure factors)" : "",
                        spread_ms(set_up[i]["cold_s"]), spread_ms(set_up[i]["warm_s"]), mib(memory[i]["image_bytes"]),
                        mib(memory[i]["table_bytes"]), mib(memory[i]["other_bytes"]));
  }
  return text +
         "\nHeld besides: the most that the process held from before the plan to the end of the first simulation, less "
         "image and tables.\n\n";
}

std::string wanted_table(const Json& wanted) {
  if (wanted.empty()) return "";
  std::string text = "## Wanted\n\n| what | measured | wanted | |\n|---|---|---|---|\n";
  for (const auto& entry : wanted) {
    text += fmt::format("| {} | {:.4g} | {} {:.4g} | {} |\n", entry["name"].get<std::string>(),
                        entry["value"].get<double>(), entry["relation"].get<std::string>(),
                        entry["limit"].get<double>(), entry["reached"].get<bool>() ? "reached" : "**missed**");
  }
  return text + "\n";
}

}  // namespace

std::string scaling_text(const Json& results) {
  std::string text;
  for (const auto& skipped : results["skipped"]) {
    text += fmt::format("- skipped: {}: {}\n", name(skipped), skipped["reason"].get<std::string>());
  }
  if (!text.empty()) text += "\n";
  return text +
         line_table(results["line"],
                    "## Time against evaluations\n\nMore and more pixels, the same evaluations for each of them.") +
         line_table(results["domains"],
                    "## Time against mosaic domains\n\nMore and more domains on the same pixels: what a pixel costs "
                    "besides its evaluations shows in the first rows.") +
         threads_table(results["threads"]) + start_up_table(results["start_up"]) +
         set_up_table(results["set_up"], results["memory"]) + wanted_table(results["wanted"]);
}

}  // namespace nbk::bench::jobs
