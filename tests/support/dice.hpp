// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/matrix_algebra.hpp"
#include "nbk/math/rotation.hpp"
#include "nbk/math/strict.hpp"

#include <cstddef>
#include <cstdint>
#include <random>

namespace nbk::testing {

/// Random numbers and vectors. The distributions of the standard library differ from one to the next.
class Dice {
 public:
  explicit Dice(std::uint64_t seed) : m_bits(seed) {}

  double between(double low, double high) { return low + (high - low) * static_cast<double>(m_bits() >> 11) * 0x1p-53; }
  int whole(int low, int high) { return low + static_cast<int>(m_bits() % static_cast<std::uint64_t>(high - low + 1)); }
  bool once_in(int times) { return whole(1, times) == 1; }

  Vec3d direction() {
    const double z = between(-1, 1), turn = between(0, 2 * std::numbers::pi), xy = std::sqrt(1 - z * z);
    return {xy * std::cos(turn), xy * std::sin(turn), z};
  }
  /// A vector of a length in a range.
  Vec3d vector(double low, double high) {
    const double length = between(low, high);
    return length * direction();
  }
  /// A unit vector at a right angle to a direction.
  Vec3d across(const Vec3d& v) { return strict::unit(cross(v, direction())); }

  Mat3d rotation(double most_rad) {
    const Vec3d axis = direction();
    const double angle_rad = between(-most_rad, most_rad);
    return from_columns(rotate_about({1, 0, 0}, axis, angle_rad), rotate_about({0, 1, 0}, axis, angle_rad),
                        rotate_about({0, 0, 1}, axis, angle_rad));
  }

 private:
  std::mt19937_64 m_bits;
};

}  // namespace nbk::testing
