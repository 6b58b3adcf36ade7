// SPDX-License-Identifier: MIT
// nbk-render says a number in a wrong unit once: in the words of the line where a flag has set it, else by its path.
#include "bench/system/files.hpp"
#include "support/render_process.hpp"
#include "support/words.hpp"

#include <doctest/doctest.h>

#include <cstddef>
#include <string>
#include <string_view>

namespace {

using nbk::bench::system::write_text;
using nbk::testing::RenderProcess;
using nbk::testing::words_of;

const std::string job =
    "-default_F 100 -cell 70 80 90 -lambda 1.5 -N 3 -distance 60 -detpixels_x 487 -detpixels_y 195 -pixel 0.172 "
    "-oversample 1 -seed 3 -roi 0 9 0 9 -nonoise -nopgm ";

std::size_t count_of(std::string_view text, std::string_view part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string_view::npos; at = text.find(part, at + 1)) ++count;
  return count;
}

}  // namespace

TEST_CASE("render: a wrong unit of a flag is one warning, which --quiet keeps and --strict makes an error") {
  RenderProcess render;
  REQUIRE(render.run(words_of(job + "-pixel 172 -mosaic 400 -mosaic_dom 2")) == 0);
  CHECK(count_of(render.printed(), "-pixel 172 (mm): a pixel of 172 mm is no detector's") == 1);
  CHECK(count_of(render.printed(), "a pixel of 172 mm") == 1);
  CHECK(count_of(render.printed(), "a spread of 400 degrees") == 1);
  REQUIRE(render.run(words_of(job + "-pixel 172 --quiet")) == 0);
  CHECK(count_of(render.printed(), "a pixel of 172 mm") == 1);
  CHECK(render.run(words_of(job + "-pixel 172 --strict")) == 2);
}

TEST_CASE("render: a wrong unit of a file is one warning with the parameter") {
  RenderProcess render;
  REQUIRE(render.run(words_of(job + "--save-experiment e.json")) == 0);
  std::string text = render.bytes("e.json");
  const std::size_t place = text.find("\"wavelength_m\": 1.5e-10");
  REQUIRE(place != std::string::npos);
  text.replace(place, std::string_view("\"wavelength_m\": 1.5e-10").size(), "\"wavelength_m\": 1.5e-13");
  write_text(render.file("wrong.json"), text);
  render.run({"--experiment", "wrong.json"});
  CHECK(count_of(render.printed(), "beam.wavelength_m: a wavelength of 0.0015 A is no X-ray's") == 1);
  CHECK(count_of(render.printed(), "is no X-ray's") == 1);
}

TEST_CASE("render: a wrong unit of one of many images is one warning with the image's line") {
  RenderProcess render;
  write_text(render.file("list"),
             "{}\n{\"wavelength_A\": 1.4e-3}\n{\"wavelength_A\": 1.3e-3}\n{\"misset_deg\": [1000, 0, 0]}\n");
  REQUIRE(render.run(words_of(job + "--images list --cbf out_###.cbf")) == 0);
  CHECK(count_of(render.printed(), "list: line 2: a wavelength of 0.0014 A is no X-ray's") == 1);
  CHECK(count_of(render.printed(), "is no X-ray's") == 1);
  CHECK(count_of(render.printed(), "list: line 4: an angle of 1000 degrees is more than a turn") == 1);
}
