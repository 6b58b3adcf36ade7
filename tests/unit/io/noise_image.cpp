// SPDX-License-Identifier: MIT
#include "nbk/io/noise_image.hpp"

#include "bench/system/files.hpp"

#include <doctest/doctest.h>

#include <cstring>
#include <vector>

using namespace nbk;
using namespace nbk::io;

namespace {

constexpr int fast = 700, slow = 900;  // several blocks of rows

std::vector<float> some_image() {
  std::vector<float> image(static_cast<std::size_t>(fast * slow));
  for (std::size_t i = 0; i < image.size(); ++i) image[i] = i % 97 == 0 ? 70000.0F : 0.01F * static_cast<float>(i % 53);
  return image;
}

std::vector<std::uint16_t> counts_in(const std::filesystem::path& file, std::size_t header) {
  const std::string bytes = read_file(file);
  std::vector<std::uint16_t> counts((bytes.size() - header) / 2);
  std::memcpy(counts.data(), bytes.data() + header, counts.size() * 2);
  return counts;
}

}  // namespace

TEST_CASE("noise image: made by several threads it has every row's counts in its place, and 0 outside of the window") {
  const bench::system::TemporaryFolder folder("nbk-test");
  const std::vector<float> image = some_image();
  for (const PixelWindow window : {PixelWindow{0, fast - 1, 0, slow - 1}, PixelWindow{30, 500, 77, 801}}) {
    const RenderedArea area{fast, slow, window, {}};
    const NoiseFigures figures = write_noise_image(folder.path() / "n", "head", image, area, 12.7, CounterPoisson(5));
    const std::vector<std::uint16_t> counts = counts_in(folder.path() / "n", 4);
    REQUIRE(counts.size() == image.size());
    NoiseFigures expected;
    std::vector<double> photons(area.row_length());
    std::vector<std::uint16_t> row_by_row(image.size());
    for (int s = window.slow_min; s <= window.slow_max; ++s) {
      const std::size_t begin = area.row_begin(s);
      CounterPoisson(5).row(static_cast<std::uint32_t>(s), std::span(image).subspan(begin, photons.size()), photons);
      for (std::size_t i = 0; i < photons.size(); ++i)
        row_by_row[begin + i] = record_photons(photons[i], 12.7, expected);
    }
    CHECK(counts == row_by_row);
    CHECK(figures.photons == expected.photons);
    CHECK(figures.overloads == expected.overloads);
    CHECK(figures.overloads > 1000);
  }
}

TEST_CASE("noise image: an offset beyond 16 bits overloads the pixels without photons, too") {
  const bench::system::TemporaryFolder folder("nbk-test");
  const std::vector<float> image(100, 0.5F);
  const RenderedArea area{10, 10, {0, 9, 0, 9}, {}};
  CHECK(write_noise_image(folder.path() / "n", "", image, area, 70000, CounterPoisson(1)).overloads == 100);
  for (const std::uint16_t count : counts_in(folder.path() / "n", 0)) CHECK(count == 65535);
}

TEST_CASE("noise image: a full disk is an error, whichever thread meets it") {
  const std::vector<float> image = some_image();
  const RenderedArea area{fast, slow, {0, fast - 1, 0, slow - 1}, {}};
  CHECK_THROWS_AS(write_noise_image("/dev/full", "head", image, area, 40, CounterPoisson(5)), FileError);
  AtomicFile out("/dev/full");
  CHECK_THROWS_AS(write_rows_in_parallel<std::uint16_t>(out, area, 4, [](int, int, std::span<std::uint16_t>) {}),
                  FileError);
}
