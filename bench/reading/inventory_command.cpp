// SPDX-License-Identifier: MIT
#include "bench/reading/evidence_commands.hpp"
#include "bench/reading/evidence_options.hpp"
#include "bench/reading/inventory.hpp"
#include "bench/system/files.hpp"

#include <fmt/format.h>

namespace nbk::bench::reading {

system::Exit run_inventory(const std::vector<std::string>& arguments) {
  std::string help;
  const auto options = parse_inventory_options(arguments, help);
  if (!options) {
    fmt::print("{}", help);
    return system::Exit::passed;
  }
  const auto inventory = make_inventory(options->run);
  const auto text = inventory_text(inventory);
  system::write_text(options->run / "inventory.json", inventory.dump(2) + "\n");
  system::write_text(options->run / "inventory.md", text);
  if (!options->before) {
    fmt::print("{}", text);
    return system::Exit::passed;
  }
  const auto comparison = compare_inventories(make_inventory(*options->before), inventory);
  const auto compared = comparison_text(comparison);
  system::write_text(options->run / "inventory_comparison.json", comparison.dump(2) + "\n");
  system::write_text(options->run / "inventory_comparison.md", compared);
  fmt::print("{}", compared);
  return system::Exit::passed;
}

}  // namespace nbk::bench::reading
