// SPDX-License-Identifier: MIT
#include "nbk/response/poisson_deviate.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <vector>

namespace {

constexpr std::size_t lanes = nbk::philox_lanes;
const nbk::DrawKey key = nbk::DrawKey::of(42, 7, 0);

/// Poisson deviates of one mean for pixels of rows of 4096.
std::vector<double> deviates(double mean, std::size_t n) {
  std::vector<double> counts;
  for (std::size_t i = 0; i < n; i += lanes) {
    double block[lanes];
    std::ranges::fill(block, mean);
    nbk::draw_poisson(block, key, {0, static_cast<std::uint32_t>(i / 4096), static_cast<std::uint32_t>(i % 4096)});
    counts.insert(counts.end(), block, block + lanes);
  }
  return counts;
}

/// Central moments 1 to 4 about the true mean.
std::array<double, 4> moments(const std::vector<double>& counts, double mean) {
  std::array<double, 4> sums{};
  for (const double count : counts) {
    double power = 1;
    for (double& sum : sums) sum += power *= count - mean;
  }
  for (double& sum : sums) sum /= static_cast<double>(counts.size());
  return sums;
}

/// Central moments 2, 3, 4, 6 and 8 of a Poisson distribution.
struct TrueMoments {
  explicit TrueMoments(double m)
      : second(m),
        third(m),
        fourth(m + 3 * m * m),
        sixth(m + 25 * m * m + 15 * m * m * m),
        eighth(m + 119 * m * m + 490 * m * m * m + 105 * m * m * m * m) {}
  double second, third, fourth, sixth, eighth;
};

}  // namespace

TEST_CASE("poisson deviate: mean, variance, third and fourth moment are right for means from 0 to 1e9") {
  constexpr std::size_t n = 1 << 20;
  const double samples = n;
  for (const double mean : {1e-6, 0.01, 0.7, 3.0, 9.9, 10.0, 12.5, 45.0, 1e3, 2.5e5, 7e5, 1e6, 1e7, 1e9}) {
    CAPTURE(mean);
    const auto [first, second, third, fourth] = moments(deviates(mean, n), mean);
    const TrueMoments is(mean);
    // Five standard deviations of each estimate; the estimate of a rare event's moment is not normal.
    CHECK(std::abs(first) < 5 * std::sqrt(is.second / samples) + 5 / samples);
    CHECK(std::abs(second - is.second) < 5 * std::sqrt((is.fourth - is.second * is.second) / samples) + 5 / samples);
    CHECK(std::abs(third - is.third) < 5 * std::sqrt((is.sixth - is.third * is.third) / samples) + 5 / samples);
    CHECK(std::abs(fourth - is.fourth) < 5 * std::sqrt((is.eighth - is.fourth * is.fourth) / samples) + 5 / samples);
  }
}

TEST_CASE("poisson deviate: probabilities are those of Poisson on both sides of the change of method") {
  constexpr std::size_t n = 1 << 20;
  for (const double mean : {9.999, 10.001, 30.0}) {
    CAPTURE(mean);
    std::vector<double> seen(200);
    for (const double count : deviates(mean, n)) ++seen.at(static_cast<std::size_t>(count));
    double chi_sqr = 0, classes = 0;
    for (std::size_t k = 0; k < seen.size(); ++k) {
      const auto whole = static_cast<double>(k);
      const double expected = n * std::exp(whole * std::log(mean) - mean - std::lgamma(whole + 1));
      if (expected < 20) continue;
      chi_sqr += (seen[k] - expected) * (seen[k] - expected) / expected;
      ++classes;
    }
    CHECK(classes > 15);
    CHECK(std::abs(chi_sqr - classes) < 5 * std::sqrt(2 * classes));
  }
}

TEST_CASE("poisson deviate: the probability that candidates are judged by is that of Poisson") {
  for (const double mean : {10.0, 45.0, 1e4, 1e9}) {
    for (const double deviations : {-4.0, -1.0, 0.0, 2.0, 5.0}) {
      const double k = std::max(10.0, std::floor(mean + deviations * std::sqrt(mean)));
      CAPTURE(mean);
      CAPTURE(k);
      const double exact = k * std::log(mean) - mean - std::lgamma(k + 1) + 0.5 * std::log(2 * std::numbers::pi * k);
      // What std::lgamma and the logarithm lose of numbers of this size.
      const double lost = 4e-16 * (k * std::log(k) + mean);
      CHECK(std::abs(nbk::detail::log_of_poisson_and_root(k, mean) - exact) < 1e-9 + lost);
    }
  }
}

TEST_CASE("poisson deviate: counts are whole, and nothing comes of nothing") {
  for (const double mean : {0.0, -1.0}) {
    for (const double count : deviates(mean, 4096)) CHECK(count == 0);
  }
  for (const double mean : {0.3, 20.0, 1e9}) {
    for (const double count : deviates(mean, 4096)) CHECK((count >= 0 && count == std::floor(count)));
  }
}

TEST_CASE("poisson deviate: a pixel's count does not depend on its neighbours, nor on how many are computed together") {
  const std::vector<double> means{0.5, 3, 11, 1e5, 0, 45, 45, 45, 9.99, 1e9, 10, 12, 14, 16, 18, 20};
  double together[lanes];
  std::ranges::copy(means, together);
  nbk::draw_poisson(together, key, {2, 3, 160});
  for (std::size_t i = 0; i < lanes; ++i) {
    double alone[1] = {means[i]};
    nbk::draw_poisson(alone, key, {2, 3, 160 + static_cast<std::uint32_t>(i)});
    CHECK(alone[0] == together[i]);
  }
}

TEST_CASE("poisson deviate: other images, panels and rows have other counts") {
  const auto drawn = [](const nbk::DrawKey& of, const nbk::PixelOfDetector& place) {
    std::array<double, lanes> counts{};
    double block[lanes];
    std::ranges::fill(block, 1000.0);
    nbk::draw_poisson(block, of, place);
    std::ranges::copy(block, counts.begin());
    return counts;
  };
  const auto counts = drawn(key, {0, 0, 0});
  CHECK(counts == drawn(key, {0, 0, 0}));
  CHECK(counts != drawn(key, {1, 0, 0}));
  CHECK(counts != drawn(key, {0, 1, 0}));
  CHECK(counts != drawn(key, {0, 0, 16}));
  CHECK(counts != drawn(nbk::DrawKey::of(42, 8, 0), {0, 0, 0}));
  CHECK(counts != drawn(nbk::DrawKey::of(43, 7, 0), {0, 0, 0}));
  CHECK(counts != drawn(nbk::DrawKey::of(42, 7, 1), {0, 0, 0}));
}
