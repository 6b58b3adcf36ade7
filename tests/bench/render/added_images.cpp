// SPDX-License-Identifier: MIT
// nbk-render: images that are added to the one it computes.
#include "bench/system/files.hpp"
#include "nbk/io/float_image.hpp"
#include "support/render_process.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace {

using nbk::testing::RenderProcess;

const std::vector<std::string> small{
    "-default_F", "100",         "-cell",   "70",       "80",        "90",       "90",         "90", "90",
    "-N",         "5",           "-lambda", "1.5",      "-distance", "60",       "-detpixels", "24", "-pixel",
    "1",          "-oversample", "1",       "-fluence", "1e20",      "-nonoise", "--quiet"};

std::vector<float> rendered(RenderProcess& render, const std::vector<std::string>& more) {
  std::vector<std::string> line = small;
  line.insert(line.end(), more.begin(), more.end());
  REQUIRE(render.run(line) == 0);
  return nbk::io::read_float_image(render.file("floatimage.bin"));
}

}  // namespace

TEST_CASE("nbk-render: --add and --spot-scale give the sum, rounded as float_add does") {
  RenderProcess render;
  const std::vector<float> spots = rendered(render, {});
  std::vector<float> first(spots.size()), second(spots.size());
  for (std::size_t i = 0; i < spots.size(); ++i) {
    first[i] = 0.1F * static_cast<float>(i);
    second[i] = 1e4F / static_cast<float>(i + 1);
  }
  nbk::io::write_float_image(render.file("a"), first);
  nbk::io::write_float_image(render.file("b"), second);
  const std::vector<float> sum = rendered(render, {"--add", "a", "--add", "b:-0.3", "--spot-scale", "2.5"});
  for (std::size_t i = 0; i < spots.size(); ++i) {
    const auto once = static_cast<float>(2.5 * static_cast<double>(spots[i]) + static_cast<double>(first[i]));
    const auto twice =
        static_cast<float>(static_cast<double>(once) + static_cast<double>(-0.3F) * static_cast<double>(second[i]));
    CHECK(sum[i] == twice);
  }
}

TEST_CASE("nbk-render: an image to add of another size, or with pixels that are no numbers, is an error") {
  RenderProcess render;
  nbk::io::write_float_image(render.file("a"), std::vector<float>(24 * 23));
  std::vector<std::string> line = small;
  line.insert(line.end(), {"--add", "a"});
  CHECK(render.run(line) == 2);
  CHECK(render.printed().find("--add a, bytes = 2208") != std::string::npos);
  CHECK(render.files() == std::vector<std::string>{"a"});
  std::vector<float> bad(24 * 24);
  bad[7] = std::nanf("");
  nbk::io::write_float_image(render.file("a"), bad);
  CHECK(render.run(line) == 2);
  CHECK(render.printed().find("--add a, pixels that are infinite or NaN = 1: must be 0") != std::string::npos);
  line.back() = "missing";
  CHECK(render.run(line) == 1);
  line.insert(line.end(), {"--spot-scale", "0"});
  CHECK(render.run(line) == 2);
}
