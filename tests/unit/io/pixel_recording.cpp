// SPDX-License-Identifier: MIT
#include "nbk/io/pixel_recording.hpp"
#include "nbk/response/image_seed.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstring>
#include <set>
#include <span>
#include <utility>
#include <vector>

using namespace nbk::io;

namespace {

template <class Number>
std::vector<Number> recorded(const std::vector<float>& photons, const PixelRecording& recording) {
  std::vector<std::byte> memory;
  const auto bytes = record_pixels(photons, photons.size(), recording, memory);
  std::vector<Number> numbers(bytes.size() / sizeof(Number));
  std::memcpy(numbers.data(), bytes.data(), bytes.size());
  return numbers;
}

}  // namespace

TEST_CASE("pixel recording: photons are the image itself, scaled, with what is added") {
  PixelRecording recording;
  recording.kind = PixelKind::photons;
  CHECK(recorded<float>({1.5F, 0, 3e9F}, recording) == std::vector<float>{1.5F, 0, 3e9F});
  const std::vector<float> added{0, 1, 2};
  recording.scale = 2;
  recording.added = added;
  CHECK(recorded<float>({1.5F, 0, 3}, recording) == std::vector<float>{3, 1, 8});
}

TEST_CASE("pixel recording: counts without noise are rounded, and stay in their range") {
  PixelRecording recording;
  recording.noise = false;
  recording.pedestal = 10;
  CHECK(recorded<std::int32_t>({0, 1.4F, 1.6F, 1e30F}, recording) == std::vector<std::int32_t>{10, 11, 12, 2147483647});
  recording.kind = PixelKind::counts16;
  CHECK(recorded<std::uint16_t>({0, 70000}, recording) == std::vector<std::uint16_t>{10, 65535});
  recording.pedestal = -5;
  CHECK(recorded<std::uint16_t>({0, 7}, recording) == std::vector<std::uint16_t>{0, 2});
}

TEST_CASE("pixel recording: noise has the mean and the variance of counting, and depends on the seed alone") {
  const std::vector<float> means(20000, 4.0F);
  PixelRecording recording;
  recording.seed = nbk::image_seed(1, 0);
  const auto counts = recorded<std::int32_t>(means, recording);
  double sum = 0, squares = 0;
  for (const std::int32_t count : counts) sum += count, squares += count * count;
  const double n = static_cast<double>(counts.size()), mean = sum / n;
  // Five standard deviations of the mean and of the variance of 20,000 counts.
  CHECK(std::abs(mean - 4) < 5 * 2 / std::sqrt(n));
  CHECK(std::abs(squares / n - mean * mean - 4) < 5 * std::sqrt(2 * 16 / n + 4 / n));
  CHECK(recorded<std::int32_t>(means, recording) == counts);
  recording.seed = nbk::image_seed(1, 1);
  CHECK(recorded<std::int32_t>(means, recording) != counts);
}

TEST_CASE("image seed: other numbers for every seed and image") {
  std::set<std::uint64_t> seeds;
  for (std::int64_t seed = -10; seed < 10; ++seed) {
    for (std::uint64_t image = 0; image < 1000; ++image) seeds.insert(nbk::image_seed(seed, image));
  }
  CHECK(seeds.size() == 20000);
  // Written down, because files of earlier runs have it.
  CHECK(nbk::image_seed(1, 0) == 0x5e41ab087439611eU);
}

TEST_CASE("pixel recording: rows that are recorded in parts are those of the whole image") {
  constexpr std::size_t width = 37, rows = 11;
  std::vector<float> photons(width * rows), added(photons.size());
  for (std::size_t i = 0; i < photons.size(); ++i) {
    photons[i] = i % 3 == 0 ? 0.0F : static_cast<float>(i) * 0.3F;
    added[i] = static_cast<float>(i % 7);
  }
  for (const PixelKind kind : {PixelKind::photons, PixelKind::counts, PixelKind::counts16}) {
    for (const bool noise : {true, false}) {
      PixelRecording recording{.kind = kind, .scale = 1.5, .added = added, .noise = noise, .seed = 5, .pedestal = 3};
      std::vector<std::byte> memory, parts(photons.size() * bytes_of(kind));
      const auto whole = record_pixels(photons, width, recording, memory);
      // The last part first, which is larger than the others.
      for (const auto& [first, end] : {std::pair{8UL, rows}, {0UL, 1UL}, {1UL, 8UL}}) {
        const auto of_part = std::span(photons).subspan(first * width, (end - first) * width);
        const auto to = std::span(parts).subspan(first * width * bytes_of(kind), of_part.size() * bytes_of(kind));
        CHECK(record_rows(of_part, first, width, recording, to).data() == to.data());
      }
      CHECK(std::ranges::equal(whole, parts));
    }
  }
  std::vector<std::byte> small(3);
  CHECK_THROWS_AS(record_rows(photons, 0, width, {}, small), nbk::InvalidInput);
  CHECK_THROWS_AS(record_adu(std::vector<double>(3), PixelKind::counts, {}, std::span(small)), nbk::InvalidInput);
}
