// SPDX-License-Identifier: MIT
// nbk-background against files of nonBragg. tests/golden/background/materials/README.md says how they were made.
#include "support/background_cases.hpp"
#include "support/drop_in_processes.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

using nbk::bench::system::read_text;
using nbk::testing::BackgroundProcess;
using nbk::testing::material_cases;
using nbk::testing::material_folder;

namespace {

/// The columns of an extracted table that nonBragg sets.
std::string defined_columns(const std::string& table) {
  std::string text;
  std::istringstream lines(table);
  for (std::string line; std::getline(lines, line);) {
    std::istringstream fields(line);
    std::vector<std::string> column(6);
    for (std::string& field : column) fields >> field;
    text += column[0] + " " + column[1] + " " + column[2] + " " + column[5] + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("nbk-background: files and printed figures are those of nonBragg in all cases") {
  const auto cases = material_cases("nonBragg");
  REQUIRE(cases.size() == 12);
  for (const nlohmann::json& c : cases) {
    CAPTURE(c["name"]);
    BackgroundProcess background;
    REQUIRE(background.run(c["args"].get<std::vector<std::string>>()) == 0);
    for (const auto& [golden, name] : c["outputs"].items()) {
      CAPTURE(golden);
      CHECK(background.bytes(name.get<std::string>()) == read_text(material_folder / golden));
    }
    const std::string printed = background.printed();
    if (c.contains("max_line")) CHECK(printed.find("max_I = " + c["max_line"].get<std::string>()) != std::string::npos);
    if (c.contains("photons_line")) CHECK(printed.find(c["photons_line"].get<std::string>()) != std::string::npos);
    if (c.contains("molecules"))
      CHECK(printed.find("(" + c["molecules"].get<std::string>() + " molecules)") != std::string::npos);
    if (c.contains("extracted"))
      CHECK(defined_columns(background.bytes("o.stol")) == read_text(material_folder / c["extracted"]));
  }
}
