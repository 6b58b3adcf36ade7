// SPDX-License-Identifier: MIT
#include "bench/reading/evidence_options.hpp"

#include "bench/evidence/report_root.hpp"
#include "bench/system/command_line.hpp"
#include "nbk/core/error.hpp"

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cmath>

namespace nbk::bench::reading {
namespace {

void require_folder(const char* what, const std::filesystem::path& path) {
  std::error_code ignored;
  require(std::filesystem::is_directory(path, ignored), what, path.string(), "must be a folder that exists");
}

void require_existing(const char* what, const std::filesystem::path& path) {
  std::error_code ignored;
  require(std::filesystem::exists(path, ignored), what, path.string(), "must exist");
}

}  // namespace

std::optional<InventoryOptions> parse_inventory_options(const Words& arguments, std::string& help) {
  InventoryOptions options;
  std::filesystem::path before;
  CLI::App app("Ranks where the time of a run went: writes inventory.json and inventory.md into its folder.",
               "nbk-bench inventory");
  app.add_option("RUN", options.run, "folder of a run of the main job with --profile")->required();
  app.add_option("--before", before, "another run to compare with: writes inventory_comparison.json and .md");
  if (!system::parse_command_line(app, arguments, help)) return std::nullopt;
  require_folder("RUN", options.run);
  if (!before.empty()) {
    require_folder("--before", before);
    options.before = before;
  }
  return options;
}

std::optional<HistoryOptions> parse_history_options(const Words& arguments, std::string& help) {
  HistoryOptions options;
  CLI::App app("Collects runs by machine and workload: writes history.md and history.svg.", "nbk-bench history");
  app.add_option("DIR", options.folders, "folders of runs, or runs")->required();
  app.add_option("--output", options.output, "folder for the two files")->capture_default_str();
  if (!system::parse_command_line(app, arguments, help)) return std::nullopt;
  for (const auto& folder : options.folders) require_folder("DIR", folder);
  return options;
}

std::optional<CheckOptions> parse_check_options(const Words& arguments, std::string& help) {
  CheckOptions options;
  options.output = evidence::default_outdir("check");
  CLI::App app(
      "Tells slower from noise: the ratio NEW / BASE of the medians with its bootstrap interval.\n"
      "BASE and NEW are two nbk-bench programs, which are then run in turn; or two runs or folders of runs.",
      "nbk-bench check");
  app.add_option("BASE", options.base, "what it was")->required();
  app.add_option("NEW", options.fresh, "what it is")->required();
  app.add_option("--part", options.part, "setup_s, simulation_s, copy_out_s or total_s of the warm time")
      ->capture_default_str();
  app.add_option("--tolerance", options.tolerance, "slow-down that is accepted; 0.02: 2 %")->capture_default_str();
  app.add_option("--confidence", options.confidence, "of the interval")->capture_default_str();
  app.add_option("--pairs", options.pairs, "how often each program is run")->capture_default_str();
  app.add_option("--outdir", options.output, "where the programs' runs go")->capture_default_str();
  app.add_option("--arguments", options.program_arguments, "for the programs, the rest of the line")
      ->expected(1, 1000)
      ->allow_extra_args();
  app.add_flag("--other-machine", options.other_machine, "compare although machine, compiler or flags differ");
  app.footer("Exit code: 0 nothing is slower, 1 something is or has failed, 2 wrong arguments, 3 too few figures.");
  // Behind --arguments come words that look like flags of this command and are none.
  auto words = arguments;
  Words rest;
  if (const auto found = std::find(words.begin(), words.end(), "--arguments"); found != words.end()) {
    rest.assign(found + 1, words.end());
    words.erase(found, words.end());
  }
  if (!system::parse_command_line(app, words, help)) return std::nullopt;
  options.program_arguments = rest;
  require_existing("BASE", options.base);
  require_existing("NEW", options.fresh);
  const bool known = options.part == "setup_s" || options.part == "simulation_s" || options.part == "copy_out_s" ||
                     options.part == "total_s";
  require(known, "--part", options.part, "must be setup_s, simulation_s, copy_out_s or total_s");
  require(std::isfinite(options.tolerance) && options.tolerance >= 0, "--tolerance", options.tolerance,
          "must be a finite number >= 0");
  require(options.confidence >= 0.5 && options.confidence < 1, "--confidence", options.confidence,
          "must be from 0.5 to below 1");
  require(options.pairs >= 5 && options.pairs <= 10000, "--pairs", options.pairs, "must be from 5 to 10000");
  return options;
}

std::optional<ReportOptions> parse_report_options(const Words& arguments, std::string& help) {
  ReportOptions options;
  CLI::App app("Writes report.html into the folder of a run: one file, without anything from the network.",
               "nbk-bench report");
  app.add_option("RUN", options.run, "folder of a run of the main job or the suite")->required();
  if (!system::parse_command_line(app, arguments, help)) return std::nullopt;
  require_folder("RUN", options.run);
  return options;
}

}  // namespace nbk::bench::reading
