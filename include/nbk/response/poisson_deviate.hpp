// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/response/philox.hpp"
#include "nbk/response/pixel_words.hpp"

#include <Kokkos_Core.hpp>

#include <cstddef>
#include <cstdint>

namespace nbk {

namespace detail {

/// ln k! by Stirling's series, exact to 1e-10 from k = 10 on; products below. k is whole.
KOKKOS_INLINE_FUNCTION double log_factorial(double k) {
  if (k < 10) {
    double product = 1;
    for (double i = 2; i <= k; ++i) product *= i;
    return Kokkos::log(product);
  }
  constexpr double half_log_two_pi = 0.91893853320467274178;
  const double inverse = 1.0 / k, square = inverse * inverse;
  return (k + 0.5) * Kokkos::log(k) - k + half_log_two_pi +
         inverse * (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260)));
}

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

/// Candidate of the transformed rejection with squeeze, for means from 10 on: W. Hoermann, Insurance: Mathematics and
/// Economics 12 (1993) 39, algorithm PTRS.
struct PoissonCandidate {
  double count = 0;                 ///< whole
  double distance = 0;              ///< of u from the end of its range
  bool is_quick = false;            ///< accepted without a logarithm
  double slope_a = 0, slope_b = 0;  ///< of the transformation

  KOKKOS_FORCEINLINE_FUNCTION static PoissonCandidate of(double mean, double u, double v) {
    PoissonCandidate c;
    c.slope_b = 0.931 + 2.53 * Kokkos::sqrt(mean);
    c.slope_a = -0.059 + 0.02483 * c.slope_b;
    c.distance = 0.5 - Kokkos::fabs(u);
    c.count = Kokkos::floor((2 * c.slope_a / c.distance + c.slope_b) * u + mean + 0.43);
    c.is_quick = c.distance >= 0.07 && v <= 0.9277 - 3.6224 / (c.slope_b - 2);
    return c;
  }

  /// Returns true if the candidate is accepted after all.
  KOKKOS_INLINE_FUNCTION bool accepts(double mean, double v) const {
    if (count < 0 || (distance < 0.013 && v > distance)) return false;
    const double inverse_alpha = 1.1239 + 1.1328 / (slope_b - 3.4);
    return Kokkos::log(v * inverse_alpha / (slope_a / (distance * distance) + slope_b)) <=
           count * Kokkos::log(mean) - mean - log_factorial(count);
  }
};

}  // namespace detail

/// Smallest mean that is drawn by rejection.
inline constexpr double poisson_rejection_mean = 10.0;

/// Returns another Poisson deviate of a pixel whose first candidate was refused. \param mean  >= poisson_rejection_mean
KOKKOS_INLINE_FUNCTION double draw_poisson_again(double mean, const DrawKey& key, const PixelPlace& place) {
  // The place of the pixel is the counter, and the attempts are counted above the panel: 16 bits are for each.
  for (std::uint32_t attempt = 1;; ++attempt) {
    std::uint32_t words[4] = {place.fast, place.slow, place.panel | attempt << 16,
                              static_cast<std::uint32_t>(Draw::counting_again)};
    mix_philox(words, key.low, key.high);
    const double v = detail::unit_of(words[2], words[3]);
    const auto candidate = detail::PoissonCandidate::of(mean, detail::unit_of(words[0], words[1]) - 0.5, v);
    if (candidate.is_quick || candidate.accepts(mean, v)) return candidate.count;
  }
}

inline namespace NBK_ISA {

/// Replaces the means of some pixels side by side by Poisson deviates, each of which depends on key, place and mean
/// alone. Right for means from 0 to 1e9; negative ones give 0.
template <std::size_t Lanes>
KOKKOS_INLINE_FUNCTION void draw_poisson(double (&means)[Lanes], const DrawKey& key, const PixelPlace& place) {
  const PixelWords<Lanes> words = draw_words<Lanes>(key, place, Draw::counting);
  double quick[Lanes];
  bool is_bright = false;
  for (std::size_t i = 0; i < Lanes; ++i) is_bright = is_bright || means[i] >= poisson_rejection_mean;
  // Most bright pixels end here, so this loop has no branch and becomes one over vectors.
  for (std::size_t i = 0; i < Lanes && is_bright; ++i) {
    const double mean = means[i] > poisson_rejection_mean ? means[i] : poisson_rejection_mean;
    const auto candidate =
        detail::PoissonCandidate::of(mean, detail::unit_of(words.word[0][i]) - 0.5, detail::unit_of(words.word[1][i]));
    quick[i] = candidate.is_quick ? candidate.count : -1.0;
  }
  for (std::size_t i = 0; i < Lanes; ++i) {
    const double mean = means[i];
    if (mean < poisson_rejection_mean) {
      means[i] = detail::invert_poisson(mean, detail::unit_of(words.word[0][i], words.word[1][i]));
    } else if (quick[i] >= 0) {
      means[i] = quick[i];
    } else {
      const double v = detail::unit_of(words.word[1][i]);
      const auto candidate = detail::PoissonCandidate::of(mean, detail::unit_of(words.word[0][i]) - 0.5, v);
      const PixelPlace here{place.panel, place.slow, place.fast + static_cast<std::uint32_t>(i)};
      means[i] = candidate.accepts(mean, v) ? candidate.count : draw_poisson_again(mean, key, here);
    }
  }
}

}  // namespace NBK_ISA

}  // namespace nbk
