// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/ran1.hpp"
#include "nbk/math/strict.hpp"

#include <array>
#include <cmath>
#include <cstdint>
#include <numbers>
#include <type_traits>

namespace nbk {

/// ln Gamma(x), x > 0: the six-term Lanczos series of Numerical Recipes in C (1992), 6.1, evaluated in double.
template <class Real>
Real log_gamma(Real x) {
  constexpr std::array<double, 6> coefficients{76.18009172947146,  -86.50532032941677,    24.01409824083091,
                                               -1.231739572450155, 0.1208650973866179e-2, -0.5395239384953e-5};
  const auto z = static_cast<double>(x);
  double envelope = z + 5.5;
  envelope -= strict::product(z + 0.5, std::log(envelope));
  double series = 1.000000000190015, y = z;
  for (const double coefficient : coefficients) series += coefficient / ++y;
  return static_cast<Real>(-envelope + std::log(2.5066282746310005 * series / z));
}

/// Gaussian and Poisson deviates of the C programs, draw by draw, for any number of seeds that share one Ran1
/// (Numerical Recipes in C (1992), 7.2 and 7.3). Results of double functions are stored as Real, and products of Real
/// are rounded, as there. The spare of a Gaussian pair and the constants of the last mean are shared by the seeds, too.
/// \tparam Real  float for nanoBragg and noisify, double for simtbx
template <class Real>
class SharedDeviates {
 public:
  /// Returns a uniform deviate in (0, 1).
  static Real uniform(Ran1& generator, std::int64_t& seed) {
    if constexpr (std::is_same_v<Real, float>) {
      return generator(seed);
    } else {
      return generator.in_double(seed);
    }
  }

  /// Returns a deviate of mean 0 and variance 1. Polar Box-Muller; the second one of a pair is kept for the next call.
  Real gaussian(Ran1& generator, std::int64_t& seed) {
    if (m_has_spare) {
      m_has_spare = false;
      return m_spare;
    }
    Real v1 = 0, v2 = 0, square = 0;
    do {
      v1 = static_cast<Real>(2.0 * static_cast<double>(uniform(generator, seed)) - 1.0);
      v2 = static_cast<Real>(2.0 * static_cast<double>(uniform(generator, seed)) - 1.0);
      square = strict::product(v1, v1) + strict::product(v2, v2);
    } while (square >= Real(1) || square == Real(0));
    const auto s = static_cast<double>(square);
    const auto factor = static_cast<Real>(std::sqrt(-2.0 * std::log(s) / s));
    m_spare = v1 * factor;
    m_has_spare = true;
    return v2 * factor;
  }

  /// Returns a Poisson deviate. Above a mean of 1e6 it is the Gaussian approximation, which is not a whole number.
  Real poisson(Real mean, Ran1& generator, std::int64_t& seed) {
    if (mean > Real(1.0e6)) {
      const auto m = static_cast<double>(mean);
      return static_cast<Real>(m + strict::product(std::sqrt(m), static_cast<double>(gaussian(generator, seed))));
    }
    return mean < Real(12) ? count_arrivals(mean, generator, seed) : reject_lorentzian(mean, generator, seed);
  }

 private:
  /// Counts exponential waiting times, as a product of uniform deviates against exp(-mean).
  Real count_arrivals(Real mean, Ran1& generator, std::int64_t& seed) {
    Real remaining = uniform(generator, seed);
    // exp(-m) >= 1 - m: most pixels of an image need no exponential to find that nothing arrives.
    if (static_cast<double>(remaining) <= 1.0 - static_cast<double>(mean)) return 0;
    if (mean != m_mean) {
      m_mean = mean;
      m_g = static_cast<Real>(std::exp(-static_cast<double>(mean)));
    }
    Real count = 0;
    while (remaining > m_g) {
      remaining *= uniform(generator, seed);
      count += 1;
    }
    return count;
  }

  /// Rejection below a Lorentzian envelope.
  Real reject_lorentzian(Real mean, Ran1& generator, std::int64_t& seed) {
    if (mean != m_mean) {
      const auto m = static_cast<double>(mean);
      m_mean = mean;
      m_width = static_cast<Real>(std::sqrt(2.0 * m));
      m_log_mean = static_cast<Real>(std::log(m));
      m_g = strict::product(mean, m_log_mean) - log_gamma(static_cast<Real>(m + 1.0));
    }
    Real count = 0, acceptance = 0;
    do {
      Real y = 0;
      do {
        y = static_cast<Real>(std::tan(std::numbers::pi * static_cast<double>(uniform(generator, seed))));
        count = strict::product(m_width, y) + mean;
      } while (count < Real(0));
      count = std::floor(count);
      const Real exponent =
          strict::product(count, m_log_mean) - log_gamma(static_cast<Real>(static_cast<double>(count) + 1.0)) - m_g;
      const double envelope = 1.0 + static_cast<double>(strict::product(y, y));
      acceptance = static_cast<Real>(0.9 * envelope * std::exp(static_cast<double>(exponent)));
    } while (uniform(generator, seed) > acceptance);
    return count;
  }

  bool m_has_spare = false;
  Real m_spare = 0;
  // Values that depend on the mean only. One cache for both branches.
  Real m_mean = -1, m_g = 0, m_width = 0, m_log_mean = 0;
};

}  // namespace nbk
