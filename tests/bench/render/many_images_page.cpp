// SPDX-License-Identifier: MIT
// The commands of docs/many_images.md.
#include "bench/system/files.hpp"
#include "support/dxtbx_documents.hpp"
#include "support/places.hpp"
#include "support/render_process.hpp"
#include "support/words.hpp"

#include <nlohmann/json.hpp>

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

namespace fs = std::filesystem;
using nbk::bench::system::write_text;
using nbk::testing::RenderProcess;
using nbk::testing::words_of;

TEST_CASE("series: the commands of docs/many_images.md do what it says" * doctest::skip(NBK_TESTS_HDF5 == 0)) {
  std::ifstream page(fs::path(nbk::testing::places::tests).parent_path() / "docs/many_images.md");
  std::vector<std::string> commands;
  std::string list;
  int images = 0;
  for (std::string line; std::getline(page, line);) {
    if (line.starts_with("    {")) {
      list += line + "\n";
      ++images;
    }
    // Long jobs, on several lines, are measurements.
    const bool is_short = line.starts_with("    nbk-render ") && !line.ends_with("\\");
    if (is_short && line.find("--experiment") == std::string::npos) commands.push_back(line);
  }
  REQUIRE(images == 3);
  REQUIRE(commands.size() == 3);
  RenderProcess render;
  write_text(render.file("shots.jsonl"), list);
  write_text(render.file("refined.expt"), nbk::testing::dxtbx_sweep().dump());
  const auto replace = [](std::string& text, const std::string& part, const std::string& by) {
    REQUIRE(text.find(part) != std::string::npos);
    text.replace(text.find(part), part.size(), by);
  };
  for (std::string& command : commands) {
    replace(command, "    nbk-render", "");
    replace(command, "-hkl P1.hkl", "-default_F 100 --quiet");
    if (command.find("--expt") == std::string::npos) replace(command, "-detpixels 1024", "-detpixels 64");
    CHECK_MESSAGE(render.run(words_of(command)) == 0, command);
  }
  for (const char* name : {"still.nxs", "floatimage.bin", "again.nxs", "shots.nxs", "shots.nxs.truth.jsonl"}) {
    CHECK_MESSAGE(fs::exists(render.file(name)), name);
  }
}
