// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/strict.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <numbers>
#include <span>
#include <vector>

/// \file
/// The point spread of noisify and simtbx, sum by sum. It wraps at the right edge, and what it lost comes back evenly.
/// response/point_spread.hpp is the one to use; the test unit/response/point_spread.cpp compares their kernels.

namespace nbk::compat {

/// Shape of the point spread of the C programs.
enum class SpreadShape { none, gauss, fibre };

/// Point spread of the C programs.
struct SpreadOfC {
  SpreadShape shape = SpreadShape::none;  ///< none: no point spread
  double fwhm_px = 0;                     ///< full width at half maximum; 0: no point spread
  int radius_px = 0;                      ///< of the rendered disc; 0: from the photons of each pixel

  /// Returns true when there is something to spread.
  bool acts() const { return shape != SpreadShape::none && fwhm_px > 0; }
};

/// Figures of a point spread.
struct SpreadFigures {
  bool done = false;        ///< false: no pixel has a photon, and the image is unchanged
  double lost_photons = 0;  ///< photons beyond the radii, which are spread evenly
};

namespace detail {

/// Integral of the kernel from the origin to a corner, in the C programs' order of operations.
class CornerIntegral {
 public:
  explicit CornerIntegral(const SpreadOfC& spread)
      : m_shape(spread.shape), m_fwhm_px(spread.fwhm_px), m_g_px(strict::product(spread.fwhm_px, fibre_g)) {}

  /// Returns the length g of the fibre kernel, g / (2 pi) (g^2 + r^2)^(-3/2), pixels.
  double g_px() const { return m_g_px; }

  /// Returns the share of a pixel at a distance from the source.
  double pixel(double fast_px, double slow_px) const {
    const bool gauss = m_shape == SpreadShape::gauss;
    const double unit = gauss ? m_fwhm_px : 1.0;
    const double fast = fast_px / unit, slow = slow_px / unit, half = 1.0 / unit * 0.5;
    const double upper = corner(fast + half, slow + half) - corner(fast + half, slow - half);
    return upper - corner(fast - half, slow + half) + corner(fast - half, slow - half);
  }

 private:
  static constexpr double fibre_g = 0.652383013252053;  // of a full width of 1

  double corner(double x, double y) const {
    if (m_shape == SpreadShape::gauss) {
      const double in_x = std::erf(2.0 * x * std::sqrt(std::log(2.0)));
      const double in_y = std::erf(y * std::sqrt(std::log(16.0)));
      return 0.125 * (in_x * in_y * std::sqrt(std::log(16.0) / std::log(2.0)));
    }
    const double squares = strict::product(m_g_px, m_g_px) + strict::product(x, x) + strict::product(y, y);
    return std::atan(x * y / (m_g_px * std::sqrt(squares))) / 2.0 / std::numbers::pi;
  }

  SpreadShape m_shape;
  double m_fwhm_px, m_g_px;
};

/// The rendered radius of a pixel and the photons beyond it.
class RadiusOfC {
 public:
  RadiusOfC(const SpreadOfC& spread, double g_px, int most_px) : m_spread(spread), m_g_px(g_px), m_most_px(most_px) {}

  /// Returns the radius for a pixel that holds some photons.
  template <class Real>
  int radius_px(Real photons) const {
    if (m_spread.radius_px != 0) return std::min(m_spread.radius_px, m_most_px);
    const auto held = static_cast<double>(photons);
    const double lost = std::sqrt(held) / 10.0;
    const double wanted = m_spread.shape == SpreadShape::gauss
                              ? std::ceil(std::sqrt(-std::log(lost / held) / std::log(16.0)) * m_spread.fwhm_px)
                              : std::ceil(m_g_px * (held / lost));
    // Below 0.01 photons the root of a negative number ends the C programs; one pixel is what was meant.
    if (!(wanted >= 0)) return 1;
    return static_cast<int>(std::min(1.0 + wanted, static_cast<double>(m_most_px)));
  }

  /// Returns the photons that a pixel loses beyond a radius.
  template <class Real>
  double lost_photons(Real photons, int radius) const {
    const auto held = static_cast<double>(photons);
    if (m_spread.shape == SpreadShape::gauss) {
      const double ratio = radius / m_spread.fwhm_px;
      return held * std::exp(-std::log(16.0) * (ratio * ratio));
    }
    const double squares = strict::product(m_g_px, m_g_px) + static_cast<double>(radius) * radius;
    return held * m_g_px / std::sqrt(squares);
  }

 private:
  const SpreadOfC& m_spread;
  double m_g_px;
  int m_most_px;
};

}  // namespace detail

/// Replaces an image by its point spread as the C programs do it. Pixels <= 0 are left out, but NaN spreads.
/// A radius without a limit of the user is that of the photons in the pixel: beyond it less than a tenth of their
/// counting error is lost.
/// \tparam Real  float: noisify; double: simtbx
/// \param image  [slow][fast], photons \param pixels_fast  length of a row
template <class Real>
SpreadFigures spread_as_c(std::span<Real> image, int pixels_fast, const SpreadOfC& spread) {
  const auto pixels = static_cast<std::int64_t>(image.size());
  const int pixels_slow = static_cast<int>(pixels / pixels_fast), most_px = std::max(pixels_fast, pixels_slow);
  const detail::CornerIntegral integral(spread);
  const detail::RadiusOfC radii(spread, integral.g_px(), most_px);
  Real brightest = 0;
  for (const Real photons : image) brightest = brightest < photons ? photons : brightest;
  if (spread.radius_px == 0 && !(brightest > 0)) return {};

  // One quarter of the symmetric kernel would give other last bits for the Gaussian's differences; all of it is kept.
  const int largest = radii.radius_px(brightest), side = 2 * largest + 1;
  std::vector<double> kernel(static_cast<std::size_t>(side) * static_cast<std::size_t>(side));
  const auto place = [&](int fast, int slow) {
    return static_cast<std::size_t>(slow + largest) * static_cast<std::size_t>(side) +
           static_cast<std::size_t>(fast + largest);
  };
  const auto inside = [](int fast, int slow, int radius) {
    return static_cast<std::int64_t>(fast) * fast + static_cast<std::int64_t>(slow) * slow <=
           static_cast<std::int64_t>(radius) * radius;
  };
  for (int slow = -largest; slow <= largest; ++slow) {
    for (int fast = -largest; fast <= largest; ++fast) {
      if (inside(fast, slow, largest)) kernel[place(fast, slow)] = integral.pixel(fast, slow);
    }
  }

  std::vector<Real> out(image.size());
  double lost = 0;
  for (std::int64_t i = 0; i < pixels; ++i) {
    const Real photons = image[static_cast<std::size_t>(i)];
    if (photons <= 0) continue;
    const int radius = radii.radius_px(photons);
    lost += radii.lost_photons(photons, radius);
    const int fast = static_cast<int>(i % pixels_fast), slow = static_cast<int>(i / pixels_fast);
    for (int to_fast = std::max(0, fast - radius); to_fast <= std::min(pixels_fast, fast + radius); ++to_fast) {
      for (int to_slow = std::max(0, slow - radius); to_slow <= std::min(pixels_slow, slow + radius); ++to_slow) {
        if (!inside(to_fast - fast, to_slow - slow, radius)) continue;
        // One too far to the right is the first pixel of the next row; behind the last row there is nothing.
        const std::int64_t to = static_cast<std::int64_t>(to_slow) * pixels_fast + to_fast;
        if (to >= pixels) continue;
        Real& sum = out[static_cast<std::size_t>(to)];
        const double share =
            strict::product(static_cast<double>(photons), kernel[place(to_fast - fast, to_slow - slow)]);
        sum = static_cast<Real>(static_cast<double>(sum) + share);
      }
    }
  }
  const double everywhere = lost / static_cast<double>(pixels);
  for (std::size_t i = 0; i < image.size(); ++i) {
    image[i] = static_cast<Real>(static_cast<double>(out[i]) + everywhere);
  }
  return {true, lost};
}

}  // namespace nbk::compat
