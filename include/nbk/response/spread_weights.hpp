// SPDX-License-Identifier: MIT
#pragma once

#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

namespace nbk::response {

/// Weights of a point spread around its source, on the host: a square with an odd side, [slow][fast].
struct SpreadWeights {
  int radius_px = 0;            ///< the side is 2 radius_px + 1
  std::vector<double> weights;  ///< shares of the signal

  /// Returns the weights of a function of the distance along fast and slow. \param weight  called with both, in pixels
  template <class Weight>
  static SpreadWeights of(int radius_px, const Weight& weight) {
    SpreadWeights made{radius_px, {}};
    for (int slow = -radius_px; slow <= radius_px; ++slow) {
      for (int fast = -radius_px; fast <= radius_px; ++fast) made.weights.push_back(weight(fast, slow));
    }
    return made;
  }

  /// Returns the weight at a distance from the source.
  double at(int fast, int slow) const {
    const std::size_t side = 2 * static_cast<std::size_t>(radius_px) + 1;
    return weights[static_cast<std::size_t>(slow + radius_px) * side + static_cast<std::size_t>(fast + radius_px)];
  }

  /// Scales the weights to a sum of 1, so that a point spread keeps the energy.
  void normalise() {
    double sum = 0;
    for (const double weight : weights) sum += weight;
    for (double& weight : weights) weight /= sum;
  }
};

/// Returns the share of a pixel of a Gaussian along one axis. Both axes multiply. \param distance_px  from the source
inline double gauss_share(double distance_px, double fwhm_px) {
  const double scale = 2.0 * std::sqrt(std::numbers::ln2) / fwhm_px;
  return 0.5 * (std::erf((distance_px + 0.5) * scale) - std::erf((distance_px - 0.5) * scale));
}

/// Returns the length g of a fibre's spread, g / (2 pi) (g^2 + r^2)^(-3/2), whose full width at half maximum is
/// 2 g sqrt(2^(2/3) - 1). Source: J. M. Holton, C. Nielsen, K. A. Frankel, J. Synchrotron Rad. 19 (2012) 1006.
inline double fibre_length_px(double fwhm_px) { return fwhm_px / (2.0 * std::sqrt(std::cbrt(4.0) - 1.0)); }

/// Returns the share of a pixel of a fibre's spread: its integral, atan(x y / (g sqrt(g^2 + x^2 + y^2))) / (2 pi), at
/// the four corners. compat/point_spread_of_c.hpp has the same kernels in another order of operations; the test
/// unit/response/point_spread.cpp compares them.
inline double fibre_share(double fast_px, double slow_px, double length_px) {
  const auto corner = [&](double x, double y) {
    return std::atan(x * y / (length_px * std::sqrt(length_px * length_px + x * x + y * y)));
  };
  const double upper = corner(fast_px + 0.5, slow_px + 0.5) - corner(fast_px - 0.5, slow_px + 0.5);
  const double lower = corner(fast_px + 0.5, slow_px - 0.5) - corner(fast_px - 0.5, slow_px - 0.5);
  return (upper - lower) * 0.5 * std::numbers::inv_pi;
}

/// Smooth part of a fibre's spread: equal to it beyond a radius, and inside a polynomial of r^2 with the same three
/// derivatives there. A coarse grid can hold it. docs/numerics/point_spread.md has the errors.
class SmoothTail {
 public:
  /// \param length_px  of the fibre \param radius_px  >= 2
  SmoothTail(double length_px, double radius_px)
      : m_length_px(length_px), m_length_sqr(length_px * length_px - pixel_term), m_radius_sqr(radius_px * radius_px) {}

  /// Returns the density, share per pixel. \param distance_sqr  pixels^2
  double density(double distance_sqr) const {
    const double factor = m_length_px * 0.5 * std::numbers::inv_pi;
    if (distance_sqr >= m_radius_sqr) return factor * std::pow(m_length_sqr + distance_sqr, -1.5);
    const double at_radius = m_length_sqr + m_radius_sqr, s = (m_radius_sqr - distance_sqr) / at_radius;
    return factor * std::pow(at_radius, -1.5) * (1 + s * (3.0 / 2 + s * (15.0 / 8 + s * (35.0 / 16))));
  }

 private:
  // The mean of (g^2 + r^2)^(-3/2) over a pixel is its value at the centre plus a 24th of its Laplacian, 9 / 24 r^(-5)
  // far away: as if g^2 were smaller by a quarter.
  static constexpr double pixel_term = 0.25;

  double m_length_px, m_length_sqr, m_radius_sqr;
};

}  // namespace nbk::response
