// SPDX-License-Identifier: MIT
#include "nbk/response/normal_deviate.hpp"

#include "nbk/response/pixel_words.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

TEST_CASE("normal deviate: the logarithm is that of the library") {
  double worst = 0;
  for (std::uint32_t i = 0; i < 400000; ++i) {
    const float x = static_cast<float>(i + 1) * 0x1p-18F * 0.61803F, tiny = std::ldexp(x, -25);
    for (const float value : {x, tiny}) {
      const double exact = std::log(static_cast<double>(value));
      const double unit = std::max(std::abs(exact), std::abs(static_cast<double>(value) - 1)) * 0x1p-24;
      worst = std::max(worst, std::abs(static_cast<double>(nbk::log_of_normal(value)) - exact) / unit);
    }
  }
  CHECK(worst < 4);  // half units in the last place
  CHECK(nbk::log_of_normal(1.0F) == 0.0F);
}

TEST_CASE("normal deviate: the logarithm in double is that of the library") {
  double worst = 0;
  for (std::uint32_t i = 0; i < 400000; ++i) {
    const double x = (i + 1) * 0x1p-18 * 0.61803, tiny = std::ldexp(x, -25), near_one = 1 + (x - 0.5) * 1e-6;
    for (const double value : {x, tiny, near_one, 1 / tiny}) {
      const double exact = std::log(value), size = std::max(std::abs(exact), std::abs(value - 1));
      worst = std::max(worst, std::abs(nbk::log_of_normal(value) - exact) / size);
    }
  }
  CHECK(worst < 1e-13);
}

TEST_CASE("normal deviate: moments and tails are those of the normal distribution") {
  constexpr std::uint32_t n = 1 << 22;
  std::array<double, 6> sums{};
  double beyond_three = 0, largest = 0;
  const nbk::DrawKey key = nbk::DrawKey::of(5, 0, 0);
  for (std::uint32_t i = 0; i < n; ++i) {
    const auto words = nbk::draw_words<1>(key, {0, 0, i}, nbk::Draw::readout);
    const auto deviate = static_cast<double>(nbk::normal_deviates(words.word[0], words.word[1]));
    double power = 1;
    for (double& sum : sums) sum += power *= deviate;
    beyond_three += std::abs(deviate) > 3;
    largest = std::max(largest, std::abs(deviate));
  }
  // Five standard deviations: those of moment k are sqrt(E x^2k - (E x^k)^2) / sqrt(n).
  const double unit = 5 / std::sqrt(static_cast<double>(n));
  CHECK(std::abs(sums[0] / n) < unit);
  CHECK(std::abs(sums[1] / n - 1) < unit * std::sqrt(2.0));
  CHECK(std::abs(sums[2] / n) < unit * std::sqrt(15.0));
  CHECK(std::abs(sums[3] / n - 3) < unit * std::sqrt(96.0));
  CHECK(std::abs(sums[5] / n - 15) < unit * std::sqrt(10170.0));
  const double share = std::erfc(3 / std::numbers::sqrt2);
  CHECK(std::abs(beyond_three / n - share) < unit * std::sqrt(share));
  CHECK(largest > 4.5);
  CHECK(largest < 6.8);
}

TEST_CASE("normal deviate: the ends of the range of words give finite numbers") {
  for (const std::uint32_t radius : {0U, 1U, 0x7fffffffU, 0x80000000U, 0xffffffffU}) {
    for (const std::uint32_t angle : {0U, 0x7fffffffU, 0x80000000U, 0xffffffffU}) {
      const std::uint32_t radius_word[1] = {radius}, angle_word[1] = {angle};
      CHECK(std::abs(nbk::normal_deviates(radius_word, angle_word)) < 6.8F);
    }
  }
}
