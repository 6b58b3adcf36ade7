// SPDX-License-Identifier: MIT
#include "bench/reading/inventory.hpp"

#include <fmt/format.h>

namespace nbk::bench::reading {
namespace {

constexpr double smallest_share = 0.001;  // of the rows in the table; inventory.json has all

std::string percent(const Json& share) {
  return share.is_number() ? fmt::format("{:.1f} %", 100 * share.get<double>()) : "-";
}

std::string milliseconds(const Json& seconds) {
  return seconds.is_number() ? fmt::format("{:.4g} ms", 1e3 * seconds.get<double>()) : "-";
}

std::string scaled(const Json& value, double unit) {
  return value.is_number() ? fmt::format("{:.3g}", value.get<double>() / unit) : "-";
}

std::string or_dash(const Json& text) { return text.is_string() ? text.get<std::string>() : "-"; }

// A label may hold what would end a cell.
std::string cell(std::string text) {
  for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 2)) text.insert(at, 1, '\\');
  return text;
}

std::string packs(const Json& row) {
  if (row["in_packs"].is_null()) return "-";
  return row["in_packs"].get<bool>() ? fmt::format("{} wide", row["pack_width"].get<int>()) : "no";
}

std::string row_text(const Json& row, std::size_t rank) {
  const auto functor = row["functor"].is_string() ? fmt::format("<br>`{}`", or_dash(row["functor"])) : "";
  return fmt::format("| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {}{} |\n", rank,
                     cell(or_dash(row["path"])), percent(row["share"]), percent(row["cumulative_share"]),
                     milliseconds(row["time_s"]), row["calls"].get<std::uint64_t>(), or_dash(row["limit"]), packs(row),
                     scaled(row["evaluations_per_s"], 1e9), scaled(row["bytes_per_s"], 1e9),
                     percent(row["share_of_peak"]), percent(row["share_of_bandwidth"]), or_dash(row["source"]),
                     cell(functor));
}

std::string size_text(const Json& size) {
  auto text = fmt::format(
      "## {0} x {0}\n\n{1} of the main thread's time, {2} events.\n\n"
      "| | where | share | so far | time | calls | limited by | packs | 10^9 evaluations/s | GB/s | of peak | of "
      "bandwidth | source, functor |\n|---|---|---|---|---|---|---|---|---|---|---|---|---|\n",
      size["size"].get<int>(), milliseconds(size["wall_s"]), size["events"].get<std::uint64_t>());
  std::size_t small = 0;
  double small_s = 0, small_share = 0;
  for (std::size_t i = 0; i < size["regions"].size(); ++i) {
    const auto& row = size["regions"][i];
    if (row["share"].get<double>() >= smallest_share) {
      text += row_text(row, i + 1);
    } else {
      ++small;
      small_s += row["time_s"].get<double>();
      small_share += row["share"].get<double>();
    }
  }
  if (small > 0) {
    text += fmt::format("| | {} more below {} each | {} | | {} | | | | | | | | |\n", small, percent(smallest_share),
                        percent(small_share), milliseconds(small_s));
  }
  text += fmt::format("| | **explained by no region** | {} | | {} | | | | | | | | |\n",
                      percent(size["unexplained_share"]), milliseconds(size["unexplained_s"]));
  if (size["other_threads_s"].get<double>() > 0) {
    text += fmt::format("\nOther host threads: {}, beside this.\n", milliseconds(size["other_threads_s"]));
  }
  return text + "\n";
}

const Json* find(const Json& list, const char* key, const Json& value) {
  for (const auto& entry : list) {
    if (entry[key] == value) return &entry;
  }
  return nullptr;
}

Json per_call(const Json* row) {
  if (row == nullptr) return nullptr;
  return (*row)["time_s"].get<double>() / (*row)["calls"].get<double>();
}

Json compared(const Json& size, const Json& path, const Json* before, const Json* after) {
  const auto was = per_call(before), is = per_call(after);
  const bool both = was.is_number() && is.is_number() && was.get<double>() > 0;
  const auto share = [](const Json* row) { return row != nullptr ? (*row)["share"] : Json(nullptr); };
  return {{"size", size},
          {"path", path},
          {"before_s_per_call", was},
          {"after_s_per_call", is},
          {"ratio", both ? Json(is.get<double>() / was.get<double>()) : Json(nullptr)},
          {"share_before", share(before)},
          {"share_after", share(after)}};
}

}  // namespace

std::string inventory_text(const Json& inventory) {
  auto text = fmt::format("# Inventory of {}\n\n", or_dash(inventory["run"]));
  for (const auto& size : inventory["sizes"]) text += size_text(size);
  const auto& peaks = inventory["peaks"];
  if (peaks.is_null()) return text + "This run measured no peaks, so shares of them are not known.\n";
  return text + fmt::format("Peaks measured by the run: {} Gflop/s in float32, {} in float64, {} GB/s stored.\n",
                            scaled(peaks["float32_operations_per_s"], 1e9),
                            scaled(peaks["float64_operations_per_s"], 1e9), scaled(peaks["store_bytes_per_s"], 1e9));
}

Json compare_inventories(const Json& before, const Json& after) {
  Json rows = Json::array();
  for (const auto& size : after["sizes"]) {
    const auto* old = find(before["sizes"], "size", size["size"]);
    for (const auto& row : size["regions"]) {
      const auto* old_row = old != nullptr ? find((*old)["regions"], "path", row["path"]) : nullptr;
      rows.push_back(compared(size["size"], row["path"], old_row, &row));
    }
    if (old == nullptr) continue;
    for (const auto& row : (*old)["regions"]) {
      if (find(size["regions"], "path", row["path"]) == nullptr) {
        rows.push_back(compared(size["size"], row["path"], &row, nullptr));
      }
    }
  }
  return {{"schema", "nbk inventory comparison"},
          {"schema_version", inventory_schema_version},
          {"before", before["run"]},
          {"after", after["run"]},
          {"same_machine", before["fingerprint"] == after["fingerprint"]},
          {"rows", rows}};
}

std::string comparison_text(const Json& comparison) {
  auto text = fmt::format("# {} and before it {}\n\n", or_dash(comparison["after"]), or_dash(comparison["before"]));
  if (!comparison["same_machine"].get<bool>()) {
    text += "Of different machines, compilers or flags: the ratios tell nothing about the code alone.\n\n";
  }
  text +=
      "| size | where | before, per call | after, per call | after / before | share before | share after |\n"
      "|---|---|---|---|---|---|---|\n";
  for (const auto& row : comparison["rows"]) {
    text += fmt::format("| {} | {} | {} | {} | {} | {} | {} |\n", row["size"].get<int>(), cell(or_dash(row["path"])),
                        milliseconds(row["before_s_per_call"]), milliseconds(row["after_s_per_call"]),
                        scaled(row["ratio"], 1), percent(row["share_before"]), percent(row["share_after"]));
  }
  return text;
}

}  // namespace nbk::bench::reading
