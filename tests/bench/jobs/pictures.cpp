// SPDX-License-Identifier: MIT
#include "bench/jobs/pictures.hpp"

#include "bench/system/files.hpp"
#include "nbk/core/error.hpp"

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <array>
#include <limits>
#include <vector>

namespace {

using namespace nbk::bench::jobs;
using nbk::bench::system::read_text;
using nbk::bench::system::TemporaryFolder;

// Width and height as a PNG file's header has them.
std::size_t side(const std::string& png, std::size_t place) {
  std::size_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<unsigned char>(png.at(place + i));
  return value;
}
std::size_t width_of(const std::string& png) { return side(png, 16); }
std::size_t height_of(const std::string& png) { return side(png, 20); }

}  // namespace

TEST_CASE("pictures: large images become small, and the one bright pixel stays") {
  constexpr std::size_t width = 1500, height = 700;
  std::vector<float> image(width * height, 0);
  const auto dark = picture_of(image, width);
  CHECK(width_of(dark.png) == 500);
  CHECK(height_of(dark.png) == 234);
  CHECK(dark.limit == 0);
  image[1234 + 567 * width] = 42;
  const auto spot = picture_of(image, width);
  CHECK(spot.limit == 42);
  CHECK(spot.png != dark.png);
}

TEST_CASE("pictures: the difference has the largest one of either sign") {
  const std::vector<float> first{1, 2, 3, 4}, second{1, 7, 3, 3};
  CHECK(difference_picture(first, second, 2).limit == 5);
  CHECK(difference_picture(first, first, 2).limit == 0);
  CHECK(difference_picture(first, second, 2).png != difference_picture(second, first, 2).png);
}

TEST_CASE("pictures: what is not a number is seen, and does not set the scale") {
  const std::vector<float> good{1, 2, 3, 4}, bad{1, std::numeric_limits<float>::quiet_NaN(), 3, 4};
  CHECK(picture_of(bad, 2).limit == 4);
  CHECK(picture_of(bad, 2).png != picture_of(good, 2).png);
  // also where larger pixels fall together with it
  std::vector<float> large(1024 * 2, 0.01F);
  large.back() = 1;
  const auto without = picture_of(large, 1024).png;
  large[0] = bad[1];
  CHECK(picture_of(large, 1024).png != without);
}

TEST_CASE("pictures: sizes that do not fit are refused") {
  const std::vector<float> four(4, 1), six(6, 1);
  CHECK_THROWS_AS(picture_of(four, 3), nbk::InvalidInput);
  CHECK_THROWS_AS(difference_picture(four, six, 2), nbk::InvalidInput);
}

TEST_CASE("pictures: files beside a record, and a list that names them with what black stands for") {
  const TemporaryFolder scratch("nbk-test");
  const std::vector<float> image{1, 2, 3, 4, 5, 8}, reference{1, 2, 3, 4, 5, 7};
  const auto names = write_pictures(scratch.path(), image, reference, 3);
  CHECK(names ==
        std::vector<std::string>{"nbk_warm_3x2.png", "reference_3x2.png", "difference_3x2.png", "pictures_3x2.json"});
  const auto list = nlohmann::json::parse(read_text(scratch.path() / names.back()));
  REQUIRE(list.size() == 3);
  const std::array limits{8, 7, 1};
  for (std::size_t i = 0; i < list.size(); ++i) {
    CHECK(list[i]["file"] == names[i]);
    CHECK(list[i]["limit_photons"] == limits.at(i));
    CHECK(width_of(read_text(scratch.path() / names[i])) == 3);
  }
  CHECK(write_pictures(scratch.path(), image, {}, 3).size() == 2);
}

TEST_CASE("pictures: an infinite pixel does not set the scale") {
  const std::vector<float> bad{1, std::numeric_limits<float>::infinity(), 3, 4};
  CHECK(picture_of(bad, 2).limit == 4);
}
