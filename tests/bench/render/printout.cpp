// SPDX-License-Identifier: MIT
// nbk-render -printout: the C program's own lines, from the same command lines.
#include "support/flag_samples.hpp"
#include "support/places.hpp"
#include "support/render_process.hpp"
#include "support/words.hpp"

#include <doctest/doctest.h>

namespace {

using nbk::testing::RenderProcess;
using nbk::testing::words_of;

const std::filesystem::path tests = nbk::testing::places::tests;
const std::string job = "-default_F 100 -cell 70 80 90 -lambda 1.5 -N 3 -distance 60 -pixel 1 -seed 3 -detpixels 24";

std::string with_inputs(std::string words) {
  const std::string placeholder = "{inp}";
  const auto at = words.find(placeholder);
  if (at != std::string::npos) words.replace(at, placeholder.size(), (tests / "golden/parity/inputs").string());
  return words;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t n = 0;
  for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++n;
  return n;
}

}  // namespace

TEST_CASE("printout: what the C program prints about its pixels") {
  const auto cases = nlohmann::json::parse(nbk::bench::system::read_text(tests / "golden/printout.json"))["cases"];
  REQUIRE(cases.size() == 6);
  for (const auto& c : cases) {
    CAPTURE(c["name"]);
    RenderProcess render;
    REQUIRE(render.run(words_of(with_inputs(c["args"].get<std::string>()))) == 0);
    std::string expected;
    for (const auto& line : c["lines"]) expected += line.get<std::string>() + "\n";
    const std::string printed = render.printed();
    const auto begin = printed.find(expected.substr(0, 12));
    REQUIRE(begin != std::string::npos);
    CHECK(printed.substr(begin, expected.size()) == expected);
  }
}

TEST_CASE("printout: all pixels with a warning, the chosen one without, none where there is nothing to print") {
  RenderProcess render;
  REQUIRE(render.run(words_of(job + " -detpixels 32 -printout")) == 0);
  CHECK(count(render.printed(), "stol = ") == 32 * 32);
  CHECK(count(render.printed(), "WARNING: -printout: prints 14336 lines") == 1);
  REQUIRE(render.run(words_of(job + " -printout_pixel 3 4 -printout")) == 0);
  CHECK(count(render.printed(), "stol = ") == 1);
  CHECK(count(render.printed(), "   3    4 : stol = ") == 1);
  CHECK(count(render.printed(), "-printout") == 0);
  REQUIRE(render.run(words_of(job + " -printout_pixel 3 4 -roi 5 6 0 9")) == 0);
  CHECK(count(render.printed(), "stol = ") == 0);
  CHECK(count(render.printed(), "WARNING: -printout_pixel 3 4: is not rendered") == 1);
  REQUIRE(render.run(words_of(job + " -printout_pixel 3 4 --policy corrected")) == 0);
  CHECK(count(render.printed(), "stol = ") == 0);
  CHECK(count(render.printed(), "WARNING: -printout: has no effect") == 1);
  REQUIRE(render.run(words_of(job + " -printout_pixel 3 4 --quiet")) == 0);
  CHECK(render.printed().empty());
}
