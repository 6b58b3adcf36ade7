// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"
#include "nbk/core/warning.hpp"
#include "nbk/math/ran1.hpp"
#include "nbk/math/rotation.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/crystal.hpp"

#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

/// \file
/// Random rotations: of the mosaic domains, and of a crystal that has no orientation of its own.

namespace nbk::scene {

/// Right-handed rotation by an angle about a unit axis, (1 - cos) n n^T + cos 1 + sin [n]x.
inline Mat3d axis_angle(const Vec3d& n, double angle_rad) {
  const double cosine = std::cos(angle_rad), versine = 1.0 - cosine;
  const Vec3d sine_n = strict::scaled(std::sin(angle_rad), n);
  const auto symmetric = [&](double p, double q) { return strict::product(versine * p, q); };
  const auto diagonal = [&](double p) { return cosine + strict::product(versine, p * p); };
  const double xy = symmetric(n.x, n.y), xz = symmetric(n.x, n.z), yz = symmetric(n.y, n.z);
  return {{diagonal(n.x), xy - sine_n.z, xz + sine_n.y},
          {xy + sine_n.z, diagonal(n.y), yz - sine_n.x},
          {xz - sine_n.y, yz + sine_n.x, diagonal(n.z)}};
}

/// A random rotation about a random axis by at most `spread_rad`, the angle going as (1 - r^2)^(1/3), r uniform in (-1,
/// 1). The angle is computed in float, which fixes its bits.
inline Mat3d random_rotation(float spread_rad, Ran1& uniform, std::int64_t& seed) {
  const auto both_signs = [&] { return 2.0 * static_cast<double>(uniform(seed)) - 1.0; };
  const double turn = both_signs(), z = both_signs(), r = both_signs();
  const auto squared = static_cast<float>(1.0 - strict::product(r, r));
  const float angle_rad = spread_rad * std::pow(squared, static_cast<float>(1.0 / 3.0));
  const double xy = std::sqrt(1.0 - strict::product(z, z));
  const double azimuth = std::numbers::pi * turn;
  return axis_angle({xy * std::sin(azimuth), xy * std::cos(azimuth), z}, static_cast<double>(angle_rad));
}

/// Draws a random orientation, as misset angles. The spread of 90 radian is many turns, so any orientation.
inline Vec3d random_misset(std::int64_t seed, Ran1& uniform) {
  constexpr float many_turns_rad = 90.0F;
  return xyz_angles(random_rotation(many_turns_rad, uniform, seed));
}

/// Number of mosaic domains: one without a spread, ten with one unless the user says otherwise.
inline int resolve_domains(const Mosaicity& mosaicity, std::vector<Warning>& warnings) {
  const int wanted = mosaicity.domains.value_or(0);
  const auto warn = [&](const char* text) {
    add_warning(warnings, Warning::Topic::mosaic_domains, "crystal.mosaicity.domains", text);
  };
  if (mosaicity.spread_rad == 0.0) {
    if (wanted > 1) warn("there is no mosaic spread: one domain is used instead of those asked for");
    return 1;
  }
  if (wanted == 0) warn("a mosaic spread without a number of domains: 10 are used");
  return wanted == 0 ? 10 : wanted;
}

/// The rotations of `count` domains. The first is the identity, but takes its draws.
inline std::vector<Mat3d> mosaic_domains(const Mosaicity& mosaicity, int count, Ran1& uniform) {
  std::int64_t seed = mosaicity.seed;
  std::vector<Mat3d> domains;
  domains.reserve(static_cast<std::size_t>(count));
  for (int i = 0; i < count; ++i)
    domains.push_back(random_rotation(static_cast<float>(mosaicity.spread_rad), uniform, seed));
  domains.front() = Mat3d::identity();
  return domains;
}

}  // namespace nbk::scene
