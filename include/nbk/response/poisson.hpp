// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/ran1.hpp"
#include "nbk/math/strict.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>

namespace nbk {

/// ln Gamma(x), x > 0: the six-term Lanczos series of Numerical Recipes in C (1992), 6.1, evaluated in double.
inline float log_gamma(float x) {
  constexpr std::array<double, 6> coefficients{76.18009172947146,  -86.50532032941677,    24.01409824083091,
                                               -1.231739572450155, 0.1208650973866179e-2, -0.5395239384953e-5};
  const auto z = static_cast<double>(x);
  double envelope = z + 5.5;
  envelope -= strict::product(z + 0.5, std::log(envelope));
  double series = 1.000000000190015, y = z;
  for (const double coefficient : coefficients) series += coefficient / ++y;
  return static_cast<float>(-envelope + std::log(2.5066282746310005 * series / z));
}

/// The C program's noise, draw by draw: Gaussian and Poisson deviates on top of Ran1 (Numerical Recipes in C
/// (1992), 7.2 and 7.3). The results of double functions are stored as float and float products are rounded, as there.
class NoiseDeviates {
 public:
  /// \param uniform the generator, with the table that earlier draws have left (Scene::generator)
  /// \param seed as Ran1 takes it: <= 0 fills the table anew
  NoiseDeviates(const Ran1& uniform, std::int64_t seed) : m_uniform(uniform), m_seed(seed) {}

  float uniform() { return m_uniform(m_seed); }

  /// Mean 0, variance 1. Polar Box-Muller; the second deviate of a pair is kept for the next call.
  float gaussian() {
    if (m_has_spare) {
      m_has_spare = false;
      return m_spare;
    }
    float v1 = 0, v2 = 0, square = 0;
    do {
      v1 = static_cast<float>(2.0 * static_cast<double>(uniform()) - 1.0);
      v2 = static_cast<float>(2.0 * static_cast<double>(uniform()) - 1.0);
      square = strict::product(v1, v1) + strict::product(v2, v2);
    } while (square >= 1.0F || square == 0.0F);
    const auto s = static_cast<double>(square);
    const auto factor = static_cast<float>(std::sqrt(-2.0 * std::log(s) / s));
    m_spare = v1 * factor;
    m_has_spare = true;
    return v2 * factor;
  }

  /// Poisson of the given mean. Above 1e6 it is the Gaussian approximation, which is not a whole number.
  float poisson(float mean) {
    if (mean > 1.0e6F) {
      const auto m = static_cast<double>(mean);
      return static_cast<float>(m + strict::product(std::sqrt(m), static_cast<double>(gaussian())));
    }
    return mean < 12.0F ? count_arrivals(mean) : reject_lorentzian(mean);
  }

 private:
  /// Counts exponential waiting times, as a product of uniform deviates against exp(-mean).
  float count_arrivals(float mean) {
    float remaining = uniform();
    // exp(-m) >= 1 - m: most pixels of an image need no exponential to find that nothing arrives.
    if (static_cast<double>(remaining) <= 1.0 - static_cast<double>(mean)) return 0;
    if (mean != m_mean) {
      m_mean = mean;
      m_g = static_cast<float>(std::exp(-static_cast<double>(mean)));
    }
    float count = 0;
    while (remaining > m_g) {
      remaining *= uniform();
      count += 1;
    }
    return count;
  }

  /// Rejection below a Lorentzian envelope.
  float reject_lorentzian(float mean) {
    if (mean != m_mean) {
      const auto m = static_cast<double>(mean);
      m_mean = mean;
      m_width = static_cast<float>(std::sqrt(2.0 * m));
      m_log_mean = static_cast<float>(std::log(m));
      m_g = strict::product(mean, m_log_mean) - log_gamma(static_cast<float>(m + 1.0));
    }
    float count = 0, acceptance = 0;
    do {
      float y = 0;
      do {
        y = static_cast<float>(std::tan(std::numbers::pi * static_cast<double>(uniform())));
        count = strict::product(m_width, y) + mean;
      } while (count < 0.0F);
      count = std::floor(count);
      const float exponent =
          strict::product(count, m_log_mean) - log_gamma(static_cast<float>(static_cast<double>(count) + 1.0)) - m_g;
      const double envelope = 1.0 + static_cast<double>(strict::product(y, y));
      acceptance = static_cast<float>(0.9 * envelope * std::exp(static_cast<double>(exponent)));
    } while (uniform() > acceptance);
    return count;
  }

  Ran1 m_uniform;
  std::int64_t m_seed;
  bool m_has_spare = false;
  float m_spare = 0;
  // Values that depend on the mean only. One cache for both branches.
  float m_mean = -1, m_g = 0, m_width = 0, m_log_mean = 0;
};

}  // namespace nbk
