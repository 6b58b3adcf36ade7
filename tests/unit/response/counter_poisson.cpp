// SPDX-License-Identifier: MIT
#include "nbk/response/counter_poisson.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <map>

namespace {

using nbk::CounterPoisson;
using Words = std::array<std::uint32_t, 4>;

std::vector<double> deviates(double mean, std::size_t n, std::uint64_t seed) {
  constexpr std::size_t width = 1000;
  const std::vector<float> means(width, static_cast<float>(mean));
  std::vector<double> counts(n);
  for (std::size_t row = 0; row * width < n; ++row) {
    CounterPoisson(seed).row(static_cast<std::uint32_t>(row), means, std::span(counts).subspan(row * width, width));
  }
  return counts;
}

/// Chi squared of counts against a Poisson distribution, over classes of at least 20 expected, and its degrees of
/// freedom.
std::pair<double, double> chi_squared(const std::vector<double>& counts, double mean) {
  std::map<double, double> seen;
  for (const double count : counts) ++seen[count];
  const auto n = static_cast<double>(counts.size());
  double chi_sqr = 0, classes = 0, expected = 0, observed = 0, used = 0;
  const auto close_class = [&] {
    chi_sqr += (observed - expected) * (observed - expected) / expected;
    ++classes;
    expected = observed = 0;
  };
  const auto first = static_cast<int>(std::max(0.0, std::floor(mean - 8 * std::sqrt(mean))));
  const auto last = static_cast<int>(std::floor(mean + 8 * std::sqrt(mean) + 8));
  for (int k = first; k <= last; ++k) {
    const double probability = std::exp(k * std::log(mean) - mean - std::lgamma(k + 1));
    expected += n * probability;
    observed += seen.contains(k) ? seen[k] : 0.0;
    used += seen.contains(k) ? seen[k] : 0.0;
    if (expected >= 20) close_class();
  }
  observed += n - used;  // what lies outside counts against the last, small class
  if (expected > 1) close_class();
  return {chi_sqr, classes - 1};
}

}  // namespace

TEST_CASE("philox: the published known answers") {
  // Random123's kat_vectors for philox4x32-10.
  CHECK(nbk::philox({0, 0, 0, 0}, {0, 0}) == Words{0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8});
  constexpr std::uint32_t ones = 0xffffffff;
  CHECK(nbk::philox({ones, ones, ones, ones}, {ones, ones}) == Words{0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd});
  CHECK(nbk::philox({0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344}, {0xa4093822, 0x299f31d0}) ==
        Words{0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1});
}

TEST_CASE("philox: side by side it is what it is one by one") {
  nbk::PhiloxPack pack;
  for (std::uint32_t i = 0; i < nbk::philox_lanes; ++i) {
    pack.counter0[i] = i;
    pack.counter1[i] = 7 * i;
    pack.counter2[i] = ~i;
    pack.counter3[i] = i << 20;
  }
  nbk::PhiloxPack mixed = pack;
  mixed.mix({3, 4});
  for (std::size_t i = 0; i < nbk::philox_lanes; ++i) {
    CHECK(nbk::philox({pack.counter0[i], pack.counter1[i], pack.counter2[i], pack.counter3[i]}, {3, 4}) ==
          Words{mixed.counter0[i], mixed.counter1[i], mixed.counter2[i], mixed.counter3[i]});
  }
}

TEST_CASE("counter poisson: mean, variance and distribution are those of Poisson") {
  constexpr std::size_t n = 400000;
  for (const double mean : {0.05, 0.5, 1.0, 4.0, 9.5, 10.5, 20.0, 100.0, 5000.0}) {
    CAPTURE(mean);
    const auto single = static_cast<double>(static_cast<float>(mean));
    const std::vector<double> counts = deviates(mean, n, 42);
    double sum = 0, squares = 0;
    for (const double count : counts) {
      sum += count;
      squares += (count - single) * (count - single);
    }
    // Five standard deviations of each estimate.
    CHECK(std::abs(sum / n - single) < 5 * std::sqrt(single / n));
    CHECK(std::abs(squares / n - single) < 5 * std::sqrt((2 * single * single + single) / n));
    const auto [chi_sqr, freedom] = chi_squared(counts, single);
    CHECK(freedom >= 2);
    CHECK(std::abs(chi_sqr - freedom) < 5 * std::sqrt(2 * freedom));
  }
}

TEST_CASE("counter poisson: the test of the distribution sees a wrong one") {
  const auto [chi_sqr, freedom] = chi_squared(deviates(20.0, 400000, 42), 20.2);
  CHECK(chi_sqr > freedom + 10 * std::sqrt(2 * freedom));
}

TEST_CASE("counter poisson: a count depends on seed, place and mean alone") {
  std::vector<float> means(333);
  for (std::size_t i = 0; i < means.size(); ++i) means[i] = 0.2F * static_cast<float>(i % 150);
  std::vector<double> counts(means.size()), changed(means.size()), other(means.size());
  CounterPoisson(1).row(5, means, counts);
  means[7] = 1000;
  CounterPoisson(1).row(5, means, changed);
  for (std::size_t i = 0; i < means.size(); ++i) CHECK((counts[i] == changed[i]) == (i != 7));
  CounterPoisson(2).row(5, means, other);
  CHECK(other != changed);
  CounterPoisson(1).row(6, means, other);
  CHECK(other != changed);
}

TEST_CASE("counter poisson: nothing gives nothing, and much gives much") {
  const std::vector<float> means{0, -1, 1e9F, 3e12F};
  std::vector<double> counts(4);
  CounterPoisson(9).row(0, means, counts);
  CHECK(counts[0] == 0);
  CHECK(counts[1] == 0);
  CHECK(std::abs(counts[2] - 1e9) < 6 * std::sqrt(1e9));
  CHECK(std::abs(counts[3] - static_cast<double>(means[3])) < 6 * std::sqrt(3e12));
}

TEST_CASE("counter poisson: neighbours, rows and the pixels of one block of words know nothing of each other") {
  constexpr std::size_t width = 1024, rows = 400;
  const std::vector<float> means(width, 0.7F);
  std::vector<double> counts(width * rows);
  for (std::size_t row = 0; row < rows; ++row) {
    CounterPoisson(7).row(static_cast<std::uint32_t>(row), means, std::span(counts).subspan(row * width, width));
  }
  for (const std::size_t lag : {std::size_t{1}, std::size_t{16}, width / 4, width / 2, width, 7 * width}) {
    CAPTURE(lag);
    const std::size_t n = counts.size() - lag;
    double product = 0;
    for (std::size_t i = 0; i < n; ++i) product += (counts[i] - 0.7) * (counts[i + lag] - 0.7);
    CHECK(std::abs(product / static_cast<double>(n)) < 5 * 0.7 / std::sqrt(static_cast<double>(n)));
  }
}

TEST_CASE("counter poisson: what is visited is all that is not 0, to the last bit of the uniform deviate") {
  // Means for which exp(-mean), 1 - mean and the deviate lie close together are the ones that single precision
  // cannot tell apart.
  constexpr std::size_t width = 5000;
  std::vector<float> means(width);
  for (std::size_t i = 0; i < width; ++i) means[i] = 2e-4F * static_cast<float>(i);
  std::vector<double> counts(width), visited(width);
  std::size_t visits = 0;
  for (std::uint32_t row = 0; row < 200; ++row) {
    CounterPoisson(3).row(row, means, counts);
    std::fill(visited.begin(), visited.end(), 0.0);
    CounterPoisson(3).visit_row(row, means, [&](std::size_t fast, double count) {
      visited[fast] = count;
      ++visits;
    });
    CHECK(visited == counts);
  }
  CHECK(visits < width * 200 * 55 / 100);  // the mean of 0 to 1 is 0.5
}
