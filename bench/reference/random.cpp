// SPDX-License-Identifier: MIT
#include "bench/reference/random.hpp"

#include "nbk/core/constants.hpp"

#include <cmath>
#include <cstddef>

namespace nbk::reference {

namespace {
constexpr long modulus = 2147483647;  // 2^31 - 1
constexpr double pi = constants::pi<double>;
}  // namespace

/// Replaces the seed x by 16807 x mod 2^31 - 1, without overflow. Source: Schrage's method.
void ShuffledUniform::advance(long& seed) {
  constexpr long multiplier = 16807, quotient = 127773, remainder = 2836;
  const long high = seed / quotient;
  seed = multiplier * (seed - high * quotient) - remainder * high;
  if (seed < 0) seed += modulus;
}

float ShuffledUniform::operator()(long& seed) {
  if (seed <= 0 || m_last == 0) {
    seed = seed < 0 ? -seed : 1;  // a positive seed at the first call counts as 1, as in the C program
    for (int i = 0; i < 8; ++i) advance(seed);
    for (std::size_t i = m_table.size(); i-- > 0;) {
      advance(seed);
      m_table[i] = seed;
    }
    m_last = m_table[0];
  }
  advance(seed);
  const auto slot = static_cast<std::size_t>(m_last / 67108864);
  m_last = m_table[slot];
  m_table[slot] = seed;

  constexpr double largest = 1.0 - 1.2e-7;
  const auto uniform = static_cast<float>(1.0 / modulus * static_cast<double>(m_last));
  return static_cast<double>(uniform) > largest ? static_cast<float>(largest) : uniform;
}

Matrix random_rotation(float spread_rad, ShuffledUniform& uniform, long& seed) {
  const auto draw = [&] { return 2.0 * static_cast<double>(uniform(seed)) - 1.0; };
  const double longitude = draw(), height = draw(), magnitude = draw();

  const double radius = std::sqrt(1.0 - height * height);
  const Vec n{radius * std::sin(pi * longitude), radius * std::cos(pi * longitude), height};
  // Single precision on purpose: the angle the C program turns by is a float.
  const float scale = std::pow(static_cast<float>(1.0 - magnitude * magnitude), static_cast<float>(1.0 / 3.0));
  const auto angle = static_cast<double>(spread_rad * scale);

  const double c = std::cos(angle), s = std::sin(angle), d = 1.0 - c;
  return {{c + d * (n.x * n.x), d * n.x * n.y - s * n.z, d * n.x * n.z + s * n.y},
          {d * n.x * n.y + s * n.z, c + d * (n.y * n.y), d * n.y * n.z - s * n.x},
          {d * n.x * n.z - s * n.y, d * n.y * n.z + s * n.x, c + d * (n.z * n.z)}};
}

Vec rotation_angles(const Matrix& rotation) {
  const Vec r0 = unit(rotation.row0), r1 = unit(rotation.row1), r2 = unit(rotation.row2);
  // Rz Ry Rx has -sin(y) at the lower left; at +-90 degrees x and z turn about the same axis and x takes it all.
  if (r2.x * r2.x >= 1) return {pi, pi / 2, std::atan2(r0.y, -r1.y)};
  return {std::atan2(r2.y, r2.z), std::atan2(-r2.x, std::sqrt(r2.y * r2.y + r2.z * r2.z)), std::atan2(r1.x, r0.x)};
}

}  // namespace nbk::reference
