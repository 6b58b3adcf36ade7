// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

namespace nbk::bench::reading {

/// \file
/// What the commands that read the folders of earlier runs are told. Each parser gives nothing where only help was
/// asked for (it goes to `help`), and throws InvalidInput.

using Words = std::vector<std::string>;

/// nbk-bench inventory RUN
struct InventoryOptions {
  std::filesystem::path run;
  std::optional<std::filesystem::path> before;  ///< another run or inventory.json to compare with
};
std::optional<InventoryOptions> parse_inventory_options(const Words& arguments, std::string& help);

/// nbk-bench history DIR...
struct HistoryOptions {
  std::vector<std::filesystem::path> folders;
  std::filesystem::path output = ".";  ///< folder for history.md and history.svg
};
std::optional<HistoryOptions> parse_history_options(const Words& arguments, std::string& help);

/// nbk-bench check BASE NEW
struct CheckOptions {
  std::filesystem::path base, fresh;  ///< programs to run in turn; or a run, or a folder of runs, each
  double tolerance = 0.02;            ///< a slow-down that is accepted, as a share of the time
  double confidence = 0.95;
  std::string part = "simulation_s";  ///< of time_warm
  int pairs = 10;                     ///< of programs
  Words program_arguments;
  std::filesystem::path output = "reports/check";  ///< folder for the programs' runs
  bool other_machine = false;                      ///< compare although the fingerprints differ
};
std::optional<CheckOptions> parse_check_options(const Words& arguments, std::string& help);

/// nbk-bench report RUN
struct ReportOptions {
  std::filesystem::path run;
};
std::optional<ReportOptions> parse_report_options(const Words& arguments, std::string& help);

}  // namespace nbk::bench::reading
