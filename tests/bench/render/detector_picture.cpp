// SPDX-License-Identifier: MIT
#include "bench/render/detector_picture.hpp"

#include "nbk/scene/make_scene.hpp"
#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <vector>

using namespace nbk;
using namespace nbk::bench::render;
using nbk::bench::system::FilmGrey;

namespace {

constexpr double pixel_m = 1e-3;

/// A panel of 4 x 3 pixels across the beam, which is along x. Its first corner is at (right, down) pixels.
Panel panel_at(double right, double down) {
  Panel panel;
  panel.origin_m = {0.1, -down * pixel_m, right * pixel_m};
  panel.fast = {0, 0, 1};
  panel.slow = {0, -1, 0};
  panel.pixel_size_m = pixel_m;
  panel.pixels_fast = 4;
  panel.pixels_slow = 3;
  return panel;
}

Experiment of(const std::vector<Panel>& panels) {
  Experiment e = nbk::testing::smoke_experiment();
  e.detector.panels = panels;
  return e;
}

/// The picture of an image.
GreyPicture picture_of(const Experiment& e, const std::vector<float>& image) {
  const Scene scene = make_scene(e);
  const FilmGrey grey_of(image, *std::ranges::max_element(image));
  return detector_picture(scene, io::panel_images(scene, e.detector, image), grey_of);
}

/// An image of background with some bright pixels: they are black in the picture, everything else is white.
std::vector<float> dark_at(std::size_t pixels, std::initializer_list<std::size_t> places) {
  std::vector<float> image(pixels, 1.0F);
  for (const std::size_t place : places) image[place] = 1000.0F;
  return image;
}

/// The picture, a letter for each pixel: '.' white, '#' black, ' ' a gap.
std::vector<std::string> lines_of(const GreyPicture& picture) {
  std::vector<std::string> lines;
  for (int y = 0; y < picture.height; ++y) {
    std::string line;
    for (int x = 0; x < picture.width; ++x) {
      const std::uint8_t grey = picture.grey[static_cast<std::size_t>(y * picture.width + x)];
      line += grey == gap_grey ? ' ' : grey == 255 ? '.' : grey <= 1 ? '#' : '?';
    }
    lines.push_back(line);
  }
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("detector picture: panels lie where they are, with dark gaps") {
  const Experiment e = of({panel_at(0, 0), panel_at(5, 1)});
  CHECK(lines_of(picture_of(e, dark_at(24, {1, 12, 23}))) == Lines{".#..     ",  //
                                                                   ".... #...",  //
                                                                   ".... ....",  //
                                                                   "     ...#"});
}

TEST_CASE("detector picture: a panel that is turned by a right angle, and one that is mirrored, are copied") {
  Panel turned = panel_at(8, 0);
  turned.fast = {0, -1, 0};
  turned.slow = {0, 0, -1};
  Panel mirrored = panel_at(4, 5);
  mirrored.fast = {0, 0, -1};
  CHECK(lines_of(picture_of(of({panel_at(0, 0), turned, mirrored}), dark_at(36, {0, 12, 15, 24}))) ==
        Lines{"#... ..#",  //
              ".... ...",  //
              ".... ...",  //
              "     ..#",  //
              "        ",  //
              "...#    ",  //
              "....    ",  //
              "....    "});
}

TEST_CASE("detector picture: what is not computed is as dark as a gap") {
  Experiment e = of({panel_at(0, 0), panel_at(4, 0)});
  e.detector.panels[0].mask.assign(12, 1);
  e.detector.panels[0].mask[5] = 0;
  e.detector.panels[1].roi = {1, 2, 0, 1};
  CHECK(lines_of(picture_of(e, dark_at(24, {0}))) == Lines{"#... .. ",  //
                                                           ". .. .. ",  //
                                                           "....    "});
}

TEST_CASE("detector picture: no spot gets lost on tilted panels, and no hole is in them") {
  Panel tilted = panel_at(0, 0);
  tilted.pixels_fast = tilted.pixels_slow = 60;
  const double angle = 0.3, tilt = 0.6;
  tilted.fast = {std::sin(tilt), -std::sin(angle) * std::cos(tilt), std::cos(angle) * std::cos(tilt)};
  tilted.slow = {0, -std::cos(angle), -std::sin(angle)};
  const Experiment e = of({panel_at(200, 0), tilted});
  for (std::size_t spot = 12; spot < 12 + 3600; spot += 7) {
    const GreyPicture picture = picture_of(e, dark_at(12 + 3600, {spot}));
    REQUIRE(std::ranges::count_if(picture.grey, [](std::uint8_t grey) { return grey <= 1; }) >= 1);
  }
  const Lines lines = lines_of(picture_of(e, dark_at(12 + 3600, {})));
  for (const std::string& line : lines) {
    const std::string of_tilted = line.substr(0, 150);
    const auto first = of_tilted.find('.'), last = of_tilted.rfind('.');
    if (first == std::string::npos) continue;
    CHECK(of_tilted.substr(first, last - first + 1).find(' ') == std::string::npos);
  }
}

TEST_CASE("detector picture: the nearer of two panels is seen") {
  Panel behind = panel_at(0, 0);
  behind.origin_m.x = 0.2;
  for (const bool first : {true, false}) {
    const Experiment e = first ? of({behind, panel_at(0, 0)}) : of({panel_at(0, 0), behind});
    const std::size_t of_front = first ? 12 : 0;
    CHECK(lines_of(picture_of(e, dark_at(24, {of_front + 5, 12 - of_front + 1})))[1] == ".#..");
    CHECK(lines_of(picture_of(e, dark_at(24, {of_front + 5, 12 - of_front + 1})))[0] == "....");
  }
}

TEST_CASE("detector picture: a detector that is too large is drawn coarser, with its spots") {
  const Experiment e = of({panel_at(0, 0), panel_at(100000, 50000)});
  const GreyPicture picture = picture_of(e, dark_at(24, {23}));
  CHECK(picture.width == longest_picture_side);
  CHECK(picture.height < longest_picture_side);
  CHECK(std::ranges::count_if(picture.grey, [](std::uint8_t grey) { return grey <= 1; }) == 1);
}

TEST_CASE("detector picture: a detector along the beam has a picture, too") {
  Panel along = panel_at(0, 20);
  along.fast = {1, 0, 0};
  along.slow = {0, 0, 1};
  CHECK_NOTHROW(picture_of(of({along, along}), dark_at(24, {3})));
}
