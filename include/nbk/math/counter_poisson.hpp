// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/philox.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <span>
#include <vector>

namespace nbk {

namespace detail {

/// ln k! by Stirling's series, exact to 1e-10 from k = 10 on; products below.
inline double log_factorial(double k) {
  constexpr std::array<double, 10> small{1, 1, 2, 6, 24, 120, 720, 5040, 40320, 362880};
  if (k < 10) return std::log(small[static_cast<std::size_t>(k)]);
  const double inverse = 1.0 / k, square = inverse * inverse;
  return (k + 0.5) * std::log(k) - k + 0.5 * std::log(2 * std::numbers::pi) +
         inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260)));
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
    // A block of four words serves four pixels that are a quarter of the row apart, so that neighbours lie side by
    // side.
    const std::size_t blocks = (means.size() + 4 * lanes - 1) / (4 * lanes) * lanes;
    std::vector<std::uint32_t> words(4 * blocks);
    for (std::size_t b = 0; b < blocks; b += lanes) {
      PhiloxPack pack{.counter1 = filled(slow)};
      for (std::size_t i = 0; i < lanes; ++i) pack.counter0[i] = static_cast<std::uint32_t>(b + i);
      pack.mix(m_key);
      const std::array<const PhiloxWords*, 4> made{&pack.counter0, &pack.counter1, &pack.counter2, &pack.counter3};
      for (std::size_t i = 0; i < 4; ++i) std::copy(made[i]->begin(), made[i]->end(), &words[i * blocks + b]);
    }
    for (std::size_t fast = 0; fast < means.size(); ++fast) {
      const auto mean = static_cast<double>(means[fast]);
      const double uniform = (words[fast] + 0.5) * 0x1p-32;
      // exp(-mean) >= 1 - mean: most pixels of a dark image are done here.
      counts[fast] = uniform <= 1.0 - mean ? 0.0
                     : mean < 10.0         ? by_inversion(mean, uniform)
                                           : by_rejection(mean, {static_cast<std::uint32_t>(fast), slow, 1, 1});
    }
  }

 private:
  static constexpr std::size_t lanes = philox_lanes;

  static PhiloxWords filled(std::uint32_t word) {
    PhiloxWords words;
    words.fill(word);
    return words;
  }

  /// The smallest count whose cumulative probability reaches `uniform`. With 32 bits of it, events rarer than 2e-10 per
  /// pixel do not occur.
  static double by_inversion(double mean, double uniform) {
    double count = 0, probability = std::exp(-mean), cumulative = probability;
    while (uniform > cumulative && probability > 0) {
      count += 1;
      probability *= mean / count;
      cumulative += probability;
    }
    return count;
  }

  /// Transformed rejection with squeeze: W. Hörmann, Insurance: Mathematics and Economics 12 (1993) 39, algorithm PTRS.
  double by_rejection(double mean, std::array<std::uint32_t, 4> counter) const {
    const double b = 0.931 + 2.53 * std::sqrt(mean), a = -0.059 + 0.02483 * b;
    const double inverse_alpha = 1.1239 + 1.1328 / (b - 3.4), v_r = 0.9277 - 3.6224 / (b - 2);
    const double log_mean = std::log(mean);
    while (true) {
      const auto words = philox(counter, m_key);
      ++counter[3];
      const double u = to_unit(words[0], words[1]) - 0.5, v = to_unit(words[2], words[3]);
      const double us = 0.5 - std::fabs(u);
      const double k = std::floor((2 * a / us + b) * u + mean + 0.43);
      if (us >= 0.07 && v <= v_r) return k;
      if (k < 0 || (us < 0.013 && v > us)) continue;
      if (std::log(v * inverse_alpha / (a / (us * us) + b)) <= k * log_mean - mean - detail::log_factorial(k)) return k;
    }
  }

  /// In (0, 1), 53 bits.
  static double to_unit(std::uint32_t high, std::uint32_t low) {
    return (static_cast<double>((std::uint64_t{high} << 20) | (low >> 12)) + 0.5) * 0x1p-52;
  }

  std::array<std::uint32_t, 2> m_key;
};

}  // namespace nbk
