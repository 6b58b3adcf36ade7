// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/response/philox.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <numbers>
#include <span>
#include <vector>

namespace nbk {

namespace detail {

/// ln k! by Stirling's series, exact to 1e-10 from k = 10 on; products below.
inline double log_factorial(double k) {
  constexpr std::array<double, 10> factorials{1, 1, 2, 6, 24, 120, 720, 5040, 40320, 362880};
  if (k < 10) return std::log(factorials[static_cast<std::size_t>(k)]);
  const double inverse = 1.0 / k, square = inverse * inverse;
  return (k + 0.5) * std::log(k) - k + 0.5 * std::log(2 * std::numbers::pi) +
         inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260)));
}

/// 1 / i for i > 0.
template <std::size_t N>
constexpr std::array<double, N> inverses() {
  std::array<double, N> list{};
  for (std::size_t i = 1; i < N; ++i) list[i] = 1.0 / static_cast<double>(i);
  return list;
}

}  // namespace detail

/// Poisson deviates for the pixels of an image, from a counter-based generator: a pixel's count depends on the seed,
/// its place and its mean only, not on other pixels, their order or the number of threads.
class CounterPoisson {
 public:
  explicit CounterPoisson(std::uint64_t seed)
      : m_key{static_cast<std::uint32_t>(seed), static_cast<std::uint32_t>(seed >> 32)} {}

  /// Counts for the pixels of one row. \param slow  the row \param counts  one for every mean; whole numbers
  void row(std::uint32_t slow, std::span<const float> means, std::span<double> counts) const {
    std::fill(counts.begin(), counts.end(), 0.0);
    visit_row(slow, means, [&](std::size_t fast, double count) { counts[fast] = count; });
  }

  /// Calls visit(fast, count) for the pixels of one row that may not be 0, and leaves out most of a dark image.
  template <class Visit>
  void visit_row(std::uint32_t slow, std::span<const float> means, const Visit& visit) const {
    const std::unique_ptr<std::uint32_t[]> words = random_words(slow, means);
    std::vector<std::uint8_t> maybe((means.size() + 7) / 8 * 8);
    // exp(-mean) >= 1 - mean, so nothing arrives where uniform + mean <= 1; far from 1 single precision can tell.
    for (std::size_t i = 0; i < means.size(); ++i) {
      const float uniform = static_cast<float>(static_cast<std::int32_t>(words[i] >> 8)) * 0x1p-24F;
      maybe[i] = !(uniform + means[i] <= 1.0F - 0x1p-20F);
    }
    for (std::size_t first = 0; first < maybe.size(); first += 8) {
      std::uint64_t eight = 0;
      std::memcpy(&eight, &maybe[first], 8);
      if (eight == 0) continue;
      for (std::size_t fast = first; fast < first + 8; ++fast) {
        if (maybe[fast] != 0) visit(fast, count(fast, slow, static_cast<double>(means[fast]), words[fast]));
      }
    }
  }

 private:
  static constexpr std::size_t lanes = philox_lanes;

  /// At least one word for each pixel of a row. A block of four serves four pixels that are a quarter of the row apart,
  /// so that neighbours lie side by side. Words of pixels whose mean is 0 decide nothing: they are 0 where all pixels
  /// of a pack of blocks are dark.
  std::unique_ptr<std::uint32_t[]> random_words(std::uint32_t slow, std::span<const float> means) const {
    const std::size_t blocks = (means.size() + 4 * lanes - 1) / (4 * lanes) * lanes;
    auto words = std::make_unique_for_overwrite<std::uint32_t[]>(4 * blocks);
    for (std::size_t b = 0; b < blocks; b += lanes) {
      if (are_dark(means, b, blocks)) {
        for (std::size_t i = 0; i < 4; ++i) std::fill_n(&words[i * blocks + b], lanes, 0U);
        continue;
      }
      PhiloxPack pack{.counter1 = filled(slow)};
      for (std::size_t i = 0; i < lanes; ++i) pack.counter0[i] = static_cast<std::uint32_t>(b + i);
      pack.mix(m_key);
      const std::array<const PhiloxWords*, 4> made{&pack.counter0, &pack.counter1, &pack.counter2, &pack.counter3};
      for (std::size_t i = 0; i < 4; ++i) std::copy(made[i]->begin(), made[i]->end(), &words[i * blocks + b]);
    }
    return words;
  }

  /// True if the pixels of a pack of blocks have a mean of +0.
  static bool are_dark(std::span<const float> means, std::size_t block, std::size_t blocks) {
    std::uint32_t bits = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const std::size_t begin = std::min(i * blocks + block, means.size());
      const std::size_t end = std::min(begin + lanes, means.size());
      for (std::size_t at = begin; at < end; ++at) bits |= std::bit_cast<std::uint32_t>(means[at]);
    }
    return bits == 0;
  }

  double count(std::size_t fast, std::uint32_t slow, double mean, std::uint32_t word) const {
    const double uniform = (word + 0.5) * 0x1p-32;
    if (uniform <= 1.0 - mean) return 0;
    if (mean < 10.0) return by_inversion(mean, uniform);
    return by_rejection(mean, {static_cast<std::uint32_t>(fast), slow, 1, 1});
  }

  static PhiloxWords filled(std::uint32_t word) {
    PhiloxWords words;
    words.fill(word);
    return words;
  }

  /// The smallest count whose cumulative probability reaches `uniform`. With 32 bits of it, events rarer than 2e-10 per
  /// pixel do not occur.
  static double by_inversion(double mean, double uniform) {
    static constexpr std::array<double, 64> inverse = detail::inverses<64>();
    double probability = std::exp(-mean), cumulative = probability;
    std::size_t count = 0;
    while (uniform > cumulative && ++count < inverse.size()) {  // 64 events of a mean of 10 do not occur
      probability *= mean * inverse[count];
      cumulative += probability;
    }
    return static_cast<double>(count);
  }

  /// Transformed rejection with squeeze: W. Hörmann, Insurance: Mathematics and Economics 12 (1993) 39, algorithm PTRS.
  double by_rejection(double mean, std::array<std::uint32_t, 4> counter) const {
    const double b = 0.931 + 2.53 * std::sqrt(mean), a = -0.059 + 0.02483 * b;
    const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4), v_r = 0.9277 - 3.6224 / (b - 2);
    while (true) {
      const auto words = philox(counter, m_key);
      ++counter[3];
      const double u = to_unit(words[0], words[1]) - 0.5, v = to_unit(words[2], words[3]);
      const double us = 0.5 - std::fabs(u);
      const double k = std::floor((2 * a / us + b) * u + mean + 0.43);
      if (us >= 0.07 && v <= v_r) return k;
      if (k < 0 || (us < 0.013 && v > us)) continue;
      if (std::log(v * inverse_alpha / (a / (us * us) + b)) <= k * std::log(mean) - mean - detail::log_factorial(k)) {
        return k;
      }
    }
  }

  /// In (0, 1), 53 bits.
  static double to_unit(std::uint32_t high, std::uint32_t low) {
    return (static_cast<double>((std::uint64_t{high} << 20) | (low >> 12)) + 0.5) * 0x1p-52;
  }

  std::array<std::uint32_t, 2> m_key;
};

}  // namespace nbk
