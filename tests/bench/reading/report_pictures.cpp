// SPDX-License-Identifier: MIT
#include "bench/reading/report_pictures.hpp"

#include "nbk/core/error.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <vector>

namespace {

using namespace nbk::bench;

// Width and height as a PNG file's header has them.
std::size_t side(const std::string& png, std::size_t place) {
  std::size_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(png.at(place + i));
  return value;
}
std::size_t width_of(const std::string& png) { return side(png, 16); }
std::size_t height_of(const std::string& png) { return side(png, 20); }

}  // namespace

TEST_CASE("report_pictures: large images become small, and the one bright pixel stays") {
  constexpr std::size_t width = 1500, height = 700;
  std::vector<float> image(width * height, 0);
  const auto dark = reading::picture_of(image, width);
  CHECK(width_of(dark.png) == 500);
  CHECK(height_of(dark.png) == 234);
  CHECK(dark.limit == 0);
  image[1234 + 567 * width] = 42;
  const auto spot = reading::picture_of(image, width);
  CHECK(spot.limit == 42);
  CHECK(spot.png != dark.png);
}

TEST_CASE("report_pictures: the difference has the largest one of either sign") {
  const std::vector<float> first{1, 2, 3, 4}, second{1, 7, 3, 3};
  CHECK(reading::difference_picture(first, second, 2).limit == 5);
  CHECK(reading::difference_picture(first, first, 2).limit == 0);
  CHECK(reading::difference_picture(first, second, 2).png != reading::difference_picture(second, first, 2).png);
}

TEST_CASE("report_pictures: what is not a number is seen, and does not set the scale") {
  const std::vector<float> good{1, 2, 3, 4}, bad{1, std::numeric_limits<float>::quiet_NaN(), 3, 4};
  CHECK(reading::picture_of(bad, 2).limit == 4);
  CHECK(reading::picture_of(bad, 2).png != reading::picture_of(good, 2).png);
  // also where larger pixels fall together with it
  std::vector<float> large(1024 * 2, 0.01F);
  large.back() = 1;
  const auto without = reading::picture_of(large, 1024).png;
  large[0] = bad[1];
  CHECK(reading::picture_of(large, 1024).png != without);
}

TEST_CASE("report_pictures: sizes that do not fit are refused") {
  const std::vector<float> four(4, 1), six(6, 1);
  CHECK_THROWS_AS(reading::picture_of(four, 3), nbk::InvalidInput);
  CHECK_THROWS_AS(reading::difference_picture(four, six, 2), nbk::InvalidInput);
}
