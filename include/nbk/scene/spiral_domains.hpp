// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/math/mersenne_twister.hpp"
#include "nbk/scene/domain_turns.hpp"
#include "nbk/scene/mosaic_domains.hpp"

#include <cmath>
#include <cstddef>
#include <numbers>
#include <vector>

/// \file
/// Mosaic domains whose misorientations are normally distributed, with a spread of its own about each axis of the
/// laboratory. Source: diffBragg's anisotropic mosaicity.

namespace nbk::scene {

/// Returns the number whose error function is `value`, by Newton's method.
/// \param value  0 <= value < 1
inline double inverse_error_function(double value) {
  // A first guess, right to 2e-3. Source: S. Winitzki (2008).
  constexpr double a = 0.147;
  const double log_of_rest = std::log(1 - value * value);
  const double half = 2 / (std::numbers::pi * a) + log_of_rest / 2;
  double x = std::sqrt(std::sqrt(half * half - log_of_rest / a) - half);
  for (int i = 0; i < 4; ++i) x -= (std::erf(x) - value) * std::sqrt(std::numbers::pi) / 2 * std::exp(x * x);
  return x;
}

/// Returns the axes of an even number of domains and the multiples of the spread by which they turn. Axes lie on a
/// spiral that covers a hemisphere evenly; each has two domains, of both signs. The multiples are quantiles of the
/// normal distribution, dealt to the axes in a shuffled order that is always the same. Sources: A. Ponti, J. Magn.
/// Reson. 138 (1999), 288, for the spiral; diffBragg for the rest.
/// \param spread_rad  one spread, or three along the laboratory's x, y, z; standard deviations of the angle
/// \throws InvalidInput  a number that is not even or less than 2
inline DomainAxes spiral_domains(int count, const std::vector<double>& spread_rad) {
  require(count >= 2 && count % 2 == 0, "crystal.mosaicity.domains", count,
          "must be even and at least 2 for normally distributed domains");
  constexpr std::uint32_t seed = 8675309;
  const auto axes = static_cast<std::size_t>(count / 2);
  std::vector<double> quantiles(axes);
  for (std::size_t i = 0; i < axes; ++i) quantiles[i] = static_cast<double>(i) / static_cast<double>(axes);
  MersenneTwister(seed).shuffle(quantiles);
  DomainAxes domains;
  domains.spread_rad = spread_rad;
  for (std::size_t i = 0; i < axes; ++i) {
    const double height = (static_cast<double>(i) + 0.5) / static_cast<double>(axes);
    const double radius = std::sin(std::acos(height));
    const double turn = std::sqrt(std::numbers::pi * static_cast<double>(axes)) * std::asin(height);
    const double multiple = std::numbers::sqrt2 * inverse_error_function(quantiles[i]);
    for (const double sign : {1.0, -1.0}) {
      domains.axes.push_back({radius * std::cos(turn), radius * std::sin(turn), height});
      domains.multiples.push_back(sign * multiple);
    }
  }
  return domains;
}

/// Returns the rotations of domains: about axis i by multiple s_i, 1/s_i^2 the sum of (axis_j / spread_j)^2.
inline std::vector<Mat3d> domain_rotations(const DomainAxes& domains) {
  std::vector<Mat3d> rotations;
  const bool isotropic = domains.spread_rad.size() == 1;
  for (std::size_t i = 0; i < domains.axes.size(); ++i) {
    const Vec3d& axis = domains.axes[i];
    const auto spread = [&](std::size_t along) { return domains.spread_rad[isotropic ? 0 : along]; };
    const Vec3d share{axis.x / spread(0), axis.y / spread(1), axis.z / spread(2)};
    rotations.push_back(axis_angle(axis, domains.multiples[i] / strict::magnitude(share)));
  }
  return rotations;
}

}  // namespace nbk::scene
