// SPDX-License-Identifier: MIT
#include "bench/jobs/compare_command.hpp"

#include "bench/measure/local_maxima.hpp"
#include "bench/system/files.hpp"
#include "nbk/io/float_image.hpp"

#include <nlohmann/json.hpp>

#include <doctest/doctest.h>

#include <cmath>

namespace {

using namespace nbk::bench;

/// A folder with two images of 12 x 10 pixels: spots at (3,2) and (8,6), in b the second one pixel further.
struct Images {
  Images() {
    std::vector<float> image(120, 1.0F);
    image[2 * 12 + 3] = 100;
    image[6 * 12 + 8] = 50;
    write("a", image);
    std::swap(image[6 * 12 + 8], image[6 * 12 + 9]);
    write("b", image);
  }
  void write(const std::string& name, const std::vector<float>& image) const {
    nbk::io::write_float_image(folder.path() / name, image);
  }
  std::string path(const std::string& name) const { return (folder.path() / name).string(); }

  jobs::CompareExit compare(std::vector<std::string> further) const {
    std::vector<std::string> arguments{path("a"), path("b"), "--size", "12", "10", "--json", path("json")};
    arguments.insert(arguments.end(), further.begin(), further.end());
    return jobs::run_compare(arguments);
  }
  nlohmann::json figures() const { return nlohmann::json::parse(system::read_text(path("json"))); }

  system::TemporaryFolder folder{"nbk-test"};
};

std::string smv(int width, int height, std::size_t pixels) {
  std::string bytes =
      "{\nHEADER_BYTES=512;\nSIZE1=" + std::to_string(width) + ";\nSIZE2=" + std::to_string(height) + ";\n}\f";
  bytes.resize(512, ' ');
  for (std::size_t i = 0; i < pixels; ++i) bytes += {static_cast<char>(i * i % 100), '\0'};
  return bytes;
}

}  // namespace

TEST_CASE("local maxima: brightest first, of the whole neighbourhood, above the 95th percentile") {
  std::vector<float> image(100, 0.0F);
  image[0] = 5;
  image[99] = 7;
  image[44] = 9;
  image[45] = 8;
  const auto maxima = measure::brightest_maxima(image, 10);
  REQUIRE(maxima.size() == 3);
  CHECK(maxima[0].fast == 4);
  CHECK(maxima[0].slow == 4);
  CHECK(maxima[1].value == 7);
  CHECK(maxima[2].value == 5);
  CHECK(measure::brightest_maxima(image, 10, 2).size() == 2);
  CHECK(measure::brightest_maxima(std::vector<float>(100, 1.0F), 10).empty());
}

TEST_CASE("local maxima: distances to the nearest one") {
  const std::vector<measure::LocalMaximum> ours{{0, 0, 1}, {10, 0, 1}}, reference{{0, 3, 1}, {10, 1, 1}};
  const auto distance = measure::distance_of(ours, reference);
  REQUIRE(distance);
  CHECK(distance->mean == doctest::Approx(2));
  CHECK(distance->max == doctest::Approx(3));
  CHECK_FALSE(measure::distance_of(ours, {}));
}

TEST_CASE("compare: figures of two images, and the verdict") {
  const Images images;
  CHECK(images.compare({"--min-correlation", "0.5"}) == jobs::CompareExit::passed);
  const auto figures = images.figures();
  CHECK(figures["sum_ratio"] == doctest::Approx(1));
  CHECK(figures["max_abs_diff"] == doctest::Approx(49));
  CHECK(figures["mse"] == doctest::Approx(2 * 49.0 * 49.0 / 120));
  CHECK(figures["maxima_distance_max"] == doctest::Approx(1));
  CHECK(figures["worst_pixels"][0]["slow"] == 6);
  CHECK(figures["passed"] == true);
  CHECK(images.compare({}) == jobs::CompareExit::below_threshold);
  CHECK(images.figures()["passed"] == false);
}

TEST_CASE("compare: a region, and what is outside of the images") {
  const Images images;
  CHECK(images.compare({"--roi", "0", "6", "0", "9"}) == jobs::CompareExit::passed);
  CHECK(images.figures()["width"] == 7);
  CHECK(images.figures()["correlation"] == doctest::Approx(1));
  CHECK(images.compare({"--roi", "0", "12", "0", "9"}) == jobs::CompareExit::usage);
  CHECK(images.compare({"--roi", "3", "2", "0", "9"}) == jobs::CompareExit::usage);
}

TEST_CASE("compare: a constant image has no correlation and passes nothing") {
  const Images images;
  images.write("b", std::vector<float>(120, 2.0F));
  CHECK(images.compare({"--min-correlation", "-1"}) == jobs::CompareExit::below_threshold);
}

TEST_CASE("compare: pictures, and SMV images with their own size") {
  const Images images;
  CHECK(images.compare({"--png", images.path("p-")}) == jobs::CompareExit::below_threshold);
  for (const char* name : {"p-ours.png", "p-reference.png", "p-difference.png"}) {
    CHECK(system::read_text(images.path(name)).starts_with("\x89PNG"));
  }
  system::write_text(images.path("s"), smv(6, 5, 30));
  CHECK(jobs::run_compare({images.path("s"), images.path("s"), "--json", images.path("json")}) ==
        jobs::CompareExit::passed);
  CHECK(images.figures()["width"] == 6);
}

TEST_CASE("compare: shapes, files and arguments that do not fit have exit codes of their own") {
  const Images images;
  const std::string a = images.path("a"), b = images.path("b");
  images.write("small", std::vector<float>(100, 1.0F));
  system::write_text(images.path("s"), smv(6, 20, 120));
  CHECK(jobs::run_compare({a, images.path("small")}) == jobs::CompareExit::shape_mismatch);
  CHECK(jobs::run_compare({a, b}) == jobs::CompareExit::shape_mismatch);
  CHECK(jobs::run_compare({a, b, "--size", "11", "10"}) == jobs::CompareExit::shape_mismatch);
  CHECK(jobs::run_compare({a, images.path("s"), "--size", "12", "10"}) == jobs::CompareExit::shape_mismatch);
  CHECK(jobs::run_compare({a, images.path("none")}) == jobs::CompareExit::io);
  CHECK(jobs::run_compare({a, b, "--size", "12", "10", "--json", "/no/such/folder/json"}) == jobs::CompareExit::io);
  CHECK(jobs::run_compare({a}) == jobs::CompareExit::usage);
  CHECK(jobs::run_compare({a, b, "--size", "0", "10"}) == jobs::CompareExit::usage);
  CHECK(jobs::run_compare({a, b, "--bogus"}) == jobs::CompareExit::usage);
  CHECK(jobs::run_compare({"--help"}) == jobs::CompareExit::passed);
}

TEST_CASE("compare: equal images are equal, constant ones too, and those that differ by a constant are not") {
  const Images images;
  images.write("a", std::vector<float>(120, 3.0F));
  images.write("b", std::vector<float>(120, 3.0F));
  CHECK(images.compare({}) == jobs::CompareExit::passed);
  CHECK(images.figures()["correlation"] == 1.0);
  images.write("a", std::vector<float>(120, 0.0F));
  images.write("b", std::vector<float>(120, 0.0F));
  CHECK(images.compare({}) == jobs::CompareExit::passed);
  images.write("b", std::vector<float>(120, 4.0F));
  CHECK(images.compare({}) == jobs::CompareExit::below_threshold);
}

TEST_CASE("compare: the byte order of an SMV image is honoured") {
  const Images images;
  std::string little = smv(12, 10, 120), big = little;
  little.replace(little.find("}"), 1, "BYTE_ORDER=little_endian;\n}");
  big.replace(big.find("}"), 1, "BYTE_ORDER=big_endian;\n}");
  for (std::string* image : {&little, &big}) image->erase(512, image->size() - 512 - 240);
  for (std::size_t i = 512; i + 1 < big.size(); i += 2) std::swap(big[i], big[i + 1]);
  system::write_text(images.path("a"), little);
  system::write_text(images.path("b"), big);
  CHECK(images.compare({}) == jobs::CompareExit::passed);
  CHECK(images.figures()["max_abs_diff"] == 0.0);
}

TEST_CASE("compare: no result takes the place of an image") {
  const Images images;
  const std::string before = system::read_text(images.path("a"));
  for (const std::string& file : {images.path("a"), images.path("b"), images.path("./a")}) {
    CHECK(jobs::run_compare({images.path("a"), images.path("b"), "--size", "12", "10", "--json", file}) ==
          jobs::CompareExit::usage);
  }
  std::filesystem::copy_file(images.path("a"), images.path("ours.png"));
  CHECK(jobs::run_compare({images.path("ours.png"), images.path("b"), "--size", "12", "10", "--png",
                           images.path("")}) == jobs::CompareExit::usage);
  CHECK(system::read_text(images.path("a")) == before);
  CHECK(system::read_text(images.path("ours.png")) == before);
}
