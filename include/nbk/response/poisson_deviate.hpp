// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/response/log_of_normal.hpp"
#include "nbk/response/normal_deviate.hpp"
#include "nbk/response/philox.hpp"
#include "nbk/response/pixel_words.hpp"

#include <Kokkos_Core.hpp>

#include <cstddef>
#include <cstdint>

namespace nbk {

namespace detail {

/// In (0, 1), 32 bits.
KOKKOS_FORCEINLINE_FUNCTION double unit_of(std::uint32_t word) { return (word + 0.5) * 0x1p-32; }
/// In (0, 1), 53 bits.
KOKKOS_FORCEINLINE_FUNCTION double unit_of(std::uint32_t high, std::uint32_t low) {
  return (static_cast<double>((std::uint64_t{high} << 20) | (low >> 12)) + 0.5) * 0x1p-52;
}

/// Returns the smallest count whose cumulative probability reaches a uniform deviate, for means below 10.
KOKKOS_INLINE_FUNCTION double invert_poisson(double mean, double uniform) {
  if (uniform <= 1.0 - mean) return 0;  // exp(-mean) >= 1 - mean
  constexpr int most = 128;             // so many of a mean of 10 do not occur
  double probability = Kokkos::exp(-mean), cumulative = probability;
  int count = 0;
  while (uniform > cumulative && count < most) {
    ++count;
    probability *= mean / count;
    cumulative += probability;
  }
  return count;
}

/// ln of the Poisson probability of a whole k >= 10, plus ln(2 pi k) / 2. Stirling's series, exact to 1e-10, in which
/// the large terms of ln k! and k ln(mean) cancel before they are rounded.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V log_of_poisson_and_root(const V& k, const V& mean) {
  const V inverse = 1.0 / k, square = inverse * inverse;
  const V correction = inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260)));
  return k * log_of_normal(mean * inverse) + (k - mean) - correction;
}

/// Transformed rejection with squeeze, for means from 10 on: W. Hoermann, Insurance: Mathematics and Economics 12
/// (1993) 39, algorithm PTRS. V: a double, or a pack of them. u is from -1/2 to 1/2, v from 0 to 1.
template <class V>
class PoissonCandidate {
 public:
  /// Codes in the place of a count.
  static constexpr double open = -1, refused = -2;

  KOKKOS_FORCEINLINE_FUNCTION PoissonCandidate(const V& mean, const V& u, const V& v)
      : m_mean(mean), m_u(u), m_v(v), m_slope_b(0.931 + 2.53 * sqrt(mean)), m_slope_a(0.02483 * m_slope_b - 0.059) {}

  /// Returns the count, or a code: `open` is left for a count below 10 that needs judge_small().
  KOKKOS_FORCEINLINE_FUNCTION V judge() const {
    constexpr double two_pi = 6.28318530717958647693;
    const V distance = 0.5 - abs(m_u), count = transformed(), bounded = max(count, V(10.0));
    const auto fits =
        log_of_normal(sqrt(two_pi * bounded) * height(distance)) <= log_of_poisson_and_root(bounded, m_mean);
    const V fitting = select(fits, bounded, V(refused));
    const V inside = select(count < V(10.0), V(open), fitting);
    const auto is_out = count < V(0.0) || (distance < V(0.013) && distance < m_v);
    const auto is_quick = V(0.07) <= distance && m_v <= 0.9277 - 3.6224 / (m_slope_b - 2.0);
    return select(is_quick, count, select(is_out, V(refused), inside));
  }

  /// Returns the count, or `refused`, for one whose verdict is open.
  KOKKOS_INLINE_FUNCTION V judge_small() const {
    const V count = transformed();
    double factorial = 1;
    for (int i = 2; i <= static_cast<int>(count); ++i) factorial *= i;
    const double probability = count * Kokkos::log(m_mean) - m_mean - Kokkos::log(factorial);
    return Kokkos::log(height(0.5 - Kokkos::fabs(m_u))) <= probability ? count : refused;
  }

 private:
  KOKKOS_FORCEINLINE_FUNCTION V transformed() const {
    return floor((2.0 * m_slope_a / (0.5 - abs(m_u)) + m_slope_b) * m_u + m_mean + V(0.43));
  }
  KOKKOS_FORCEINLINE_FUNCTION V height(const V& distance) const {
    return m_v * (1.1239 + 1.1328 / (m_slope_b - 3.4)) / (m_slope_a / (distance * distance) + m_slope_b);
  }

  V m_mean, m_u, m_v, m_slope_b, m_slope_a;
};

}  // namespace detail

/// Smallest mean that is drawn by rejection.
inline constexpr double poisson_rejection_mean = 10.0;

/// Returns another Poisson deviate of a pixel whose first candidate was refused. \param mean  >= poisson_rejection_mean
KOKKOS_INLINE_FUNCTION double draw_poisson_again(double mean, const DrawKey& key, const PixelOfDetector& place) {
  // The place of the pixel is the counter, and the attempts are counted above the panel: 16 bits are for each.
  for (std::uint32_t attempt = 1;; ++attempt) {
    std::uint32_t words[4] = {place.fast, place.slow, place.panel | attempt << 16,
                              static_cast<std::uint32_t>(Draw::counting_again)};
    mix_philox(words, key.low, key.high);
    using Candidate = detail::PoissonCandidate<double>;
    const Candidate candidate(mean, detail::unit_of(words[0], words[1]) - 0.5, detail::unit_of(words[2], words[3]));
    double count = candidate.judge();
    if (count == Candidate::open) count = candidate.judge_small();
    if (count >= 0) return count;
  }
}

inline namespace NBK_ISA {

/// Replaces the means of some pixels side by side by Poisson deviates, each of which depends on key, place and mean
/// alone. Right for means from 0 to 1e9; negative ones give 0.
template <std::size_t Lanes>
KOKKOS_INLINE_FUNCTION void draw_poisson(double (&means)[Lanes], const DrawKey& key, const PixelOfDetector& place) {
  const PixelWords<Lanes> words = draw_words<Lanes>(key, place, Draw::counting);
  using Candidate = detail::PoissonCandidate<double>;
  double counts[Lanes] = {}, bounded[Lanes] = {}, u[Lanes] = {}, v[Lanes] = {};
  bool is_bright = false;
  for (std::size_t i = 0; i < Lanes; ++i) is_bright = is_bright || means[i] >= poisson_rejection_mean;
  if (is_bright) {
    using V = PixelLanes<double, Lanes>;
    const auto all = [](const double(&numbers)[Lanes]) { return load<V>(static_cast<const double*>(numbers)); };
    for (std::size_t i = 0; i < Lanes; ++i) bounded[i] = max(means[i], poisson_rejection_mean);
    for (std::size_t i = 0; i < Lanes; ++i) u[i] = detail::unit_of(words.word[0][i]) - 0.5;
    for (std::size_t i = 0; i < Lanes; ++i) v[i] = detail::unit_of(words.word[1][i]);
    store(detail::PoissonCandidate<V>(all(bounded), all(u), all(v)).judge(), counts);
  }
  for (std::size_t i = 0; i < Lanes; ++i) {
    if (means[i] < poisson_rejection_mean) {
      means[i] = detail::invert_poisson(means[i], detail::unit_of(words.word[0][i], words.word[1][i]));
      continue;
    }
    if (counts[i] == Candidate::open) counts[i] = Candidate(means[i], u[i], v[i]).judge_small();
    const PixelOfDetector here{place.panel, place.slow, place.fast + static_cast<std::uint32_t>(i)};
    means[i] = counts[i] >= 0 ? counts[i] : draw_poisson_again(means[i], key, here);
  }
}

}  // namespace NBK_ISA

}  // namespace nbk
