// SPDX-License-Identifier: MIT
// The C program's command lines given to nbk-render as they are.
#include "bench/measure/parity.hpp"
#include "support/closeness.hpp"
#include "support/golden.hpp"
#include "support/render_process.hpp"

#include <doctest/doctest.h>

using namespace nbk::testing;

TEST_CASE("parity: nbk-render takes the C program's 51 command lines and writes its images") {
  const auto cases = parity_cases();
  REQUIRE(cases.size() == 51);
  for (const GoldenCase& c : cases) {
    CAPTURE(c.name);
    nbk::testing::RenderProcess render;
    std::vector<std::string> words = c.args;
    words.insert(words.end(), {"-floatfile", "image", "-nonoise", "-nopgm", "--quiet"});
    REQUIRE(render.run(words) == 0);
    // One line of the 51 has a trap that changes its image, and --quiet does not swallow that.
    if (c.name == "misset_random") {
      CHECK(render.printed().starts_with("WARNING: -misset_seed: also acts as -misset"));
    } else {
      CHECK(render.printed() == "");
    }
    const auto image = nbk::bench::system::read_floats(render.file("image"), c.fast * c.slow);
    const auto parity = nbk::bench::measure::compare(image, c.image(), c.fast, 3);
    CHECK_MESSAGE(nbk::bench::measure::in_parity(parity, double_bounds), describe(parity));
  }
}
