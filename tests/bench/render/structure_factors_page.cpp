// SPDX-License-Identifier: MIT
// The first command of docs/structure_factors.md, word for word, and what the page says that it prints.
#include "bench/system/files.hpp"
#include "support/places.hpp"
#include "support/render_process.hpp"

#include <doctest/doctest.h>

#include <filesystem>
#include <string>

namespace {

const std::string docs = std::string(nbk::testing::places::tests) + "/../docs/";

/// Returns the indented block of a page that begins with these words, its lines joined.
std::string block_of(const std::string& page, const std::string& beginning) {
  const std::size_t begin = page.find("\n    " + beginning);
  REQUIRE(begin != std::string::npos);
  std::string text = page.substr(begin, page.find("\n\n", begin) - begin);
  for (const std::string& line_end : {std::string("\\\n"), std::string("\n")}) {
    for (std::size_t at = 0; (at = text.find(line_end, at)) != std::string::npos;)
      text.replace(at, line_end.size(), " ");
  }
  for (std::size_t at = 0; (at = text.find("  ", at)) != std::string::npos;) text.erase(at, 1);
  return text.substr(text.find_first_not_of(' '));
}

}  // namespace

TEST_CASE("the page of structure factors: its first command makes its picture and prints its line") {
  const std::string page = nbk::bench::system::read_text(docs + "structure_factors.md");
  std::string command = block_of(page, "nbk-render --coordinates");
  command.replace(0, command.find(' '), "\"$RENDER\"");
  nbk::testing::RenderProcess render;
  std::filesystem::create_directory_symlink(docs + "data", render.file("data"));
  REQUIRE(render.run_in_shell(command) == 0);
  CHECK(render.bytes("two_helices.png").size() > 10000);
  CHECK(render.printed().find(block_of(page, "reading structure factors from")) != std::string::npos);
  CHECK(render.printed().find("WARNING") == std::string::npos);
}
