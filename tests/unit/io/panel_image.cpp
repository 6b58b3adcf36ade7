// SPDX-License-Identifier: MIT
#include "nbk/io/panel_image.hpp"

#include "nbk/io/image_statistics.hpp"
#include "nbk/io/smv_writer.hpp"
#include "nbk/scene/make_scene.hpp"
#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numeric>
#include <vector>

using namespace nbk;
using namespace nbk::io;

namespace {

Panel panel_of(int pixels_fast, int pixels_slow) {
  Panel panel;
  panel.origin_m = {0.1, 0.01, -0.02};
  panel.fast = {0, 0, 1};
  panel.slow = {0, -1, 0};
  panel.pixel_size_m = 1e-3;
  panel.pixels_fast = pixels_fast;
  panel.pixels_slow = pixels_slow;
  return panel;
}

/// Panels of 3 x 2 and 2 x 3 pixels: padded to 3 x 3.
Experiment of_two_panels() {
  Experiment e = nbk::testing::smoke_experiment();
  e.detector.panels = {panel_of(3, 2), panel_of(2, 3)};
  e.detector.panels[1].mask = {1, 1, 0, 1, 1, 1};
  return e;
}

/// 0, 1, 2, ... with the padding.
std::vector<float> counted(std::size_t pixels) {
  std::vector<float> image(pixels);
  std::iota(image.begin(), image.end(), 0.0F);
  return image;
}

}  // namespace

TEST_CASE("panel image: padding is left out, and an image without it is not copied") {
  Experiment e = of_two_panels();
  const std::vector<float> padded = counted(18);
  std::vector<float> memory;
  const auto image = without_padding(make_scene(e), padded, memory);
  CHECK(std::vector<float>(image.begin(), image.end()) == std::vector<float>{0, 1, 2, 3, 4, 5, 9, 10, 12, 13, 15, 16});
  CHECK_THROWS_AS(without_padding(make_scene(e), std::span(padded).first(17), memory), InvalidInput);

  e.detector.panels[1] = e.detector.panels[0];
  memory.clear();
  CHECK(without_padding(make_scene(e), std::span(padded).first(12), memory).data() == padded.data());
  CHECK(memory.empty());
}

TEST_CASE("panel image: statistics of all panels together") {
  const Experiment e = of_two_panels();
  const Scene scene = make_scene(e);
  const std::vector<float> image{0, 1, 2, 3, 4, 5, 9, 10, 12, 13, 15, 11};
  const auto panels = panel_images(scene, e.detector, image);
  REQUIRE(panels.size() == 2);
  CHECK(panels[1].pixels.data() == image.data() + 6);
  CHECK(panels[1].area.pixels_slow == 3);
  const ImageStatistics s = image_brightness(panels);
  CHECK(s.computed == 11);  // one is masked
  CHECK(s.sum == 85 - 12);
  CHECK(s.max == 15);
  CHECK(s.max_panel == 1);
  CHECK(s.max_fast == 0);
  CHECK(s.max_slow == 2);
  double squares = 0;
  for (const float value : image) squares += (static_cast<double>(value) - 1) * (static_cast<double>(value) - 1);
  CHECK(deviation_about(1, panels) == doctest::Approx(std::sqrt(squares / 11)));
  CHECK_THROWS_AS(panel_images(scene, e.detector, counted(11)), InvalidInput);
  CHECK_THROWS_AS(panel_images(scene, e.detector, counted(13)), InvalidInput);
}

TEST_CASE("panel image: listed pixels are one row, and find their places") {
  Experiment e = of_two_panels();
  e.selection.runs = {{1, 2, 0, 2}, {0, 0, 1, 2}, {1, 2, 1, 1}};
  const std::vector<float> listed{7, 8, 5, 6, 8};
  CHECK(on_panels(make_scene(e), listed) == std::vector<float>{0, 5, 6, 0, 0, 0, 0, 0, 0, 0, 7, 8});
  const PanelImage row = listed_image(listed);
  CHECK(row.area.pixels_fast == 5);
  CHECK(image_brightness(row.pixels, row.area).max_fast == 1);
}

TEST_CASE("panel image: the header of a tile is that of a panel which begins there") {
  Experiment tile = of_two_panels(), panel = tile;
  tile.detector.panels[1].first_fast = 10;
  tile.detector.panels[1].first_slow = 20;
  panel.detector.panels[1].origin_m = {0.1, 0.01 - 0.02, -0.02 + 0.01};
  const std::string header = smv_header(make_scene(tile), tile, {.panel = 1});
  CHECK(header == smv_header(make_scene(panel), panel, {.panel = 1}));
  CHECK(header.find("SIZE1=2;\nSIZE2=3;\n") != std::string::npos);
  CHECK(header != smv_header(make_scene(panel), panel));
}
