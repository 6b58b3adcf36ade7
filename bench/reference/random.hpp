// SPDX-License-Identifier: MIT
#pragma once

#include "bench/reference/vec.hpp"

#include <array>

namespace nbk::reference {

/// Minimal standard generator of Park and Miller (x -> 16807 x mod 2^31 - 1) behind a Bays-Durham shuffle of 32
/// entries. The table belongs to the generator, the seed to the caller. Two seeds that take turns share one table.
class ShuffledUniform {
 public:
  /// Returns a float in (0, 1). A seed <= 0, or the very first call, fills the table from max(1, -seed).
  float operator()(long& seed);

 private:
  static void advance(long& seed);

  std::array<long, 32> m_table{};
  long m_last = 0;
};

/// Draws a rotation: the axis is uniform on the sphere, the angle spread * (1 - u^2)^(1/3) with u uniform in (-1, 1).
/// \param spread_rad  largest angle; in single precision, like that of the C program
Matrix random_rotation(float spread_rad, ShuffledUniform& uniform, long& seed);

/// Returns the angles about x, then y, then z (radian) that make up a rotation matrix.
Vec rotation_angles(const Matrix& rotation);

}  // namespace nbk::reference
