// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>

namespace nbk {

/// Uniform generator: Park and Miller's minimal standard (x <- 16807 x mod 2^31 - 1) behind a Bays-Durham shuffle of 32
/// entries. Source: W. H. Press et al., Numerical Recipes in C (1992), 7.1, "ran1", as nanoBragg uses it. nanoBragg has
/// one shuffle table for the whole program while every user keeps a seed of its own. The draws for the orientation, the
/// mosaic domains and the noise therefore depend on each other: pass one Ran1 along to get the same numbers.
class Ran1 {
 public:
  /// A uniform deviate in (0, 1).
  /// \param seed the caller's state, changed by every call. A value <= 0 fills the table anew, and so does the very
  /// first call (from 1, if its seed is positive).
  float operator()(std::int64_t& seed) {
    const auto deviate = static_cast<float>(unrounded(seed));
    return static_cast<double>(deviate) > largest ? static_cast<float>(largest) : deviate;
  }

  /// The same deviate without rounding to float, as simtbx uses it.
  double in_double(std::int64_t& seed) {
    const double deviate = unrounded(seed);
    return deviate > largest ? largest : deviate;
  }

 private:
  static constexpr std::int64_t modulus = 2147483647;
  static constexpr int table_size = 32;
  static constexpr int warm_up = 8;
  static constexpr double largest = 1.0 - 1.2e-7;

  double unrounded(std::int64_t& seed) {
    if (seed <= 0 || m_last == 0) fill(seed);
    advance(seed);
    auto& slot = m_table[static_cast<std::size_t>(m_last / (1 + (modulus - 1) / table_size))];
    m_last = slot;
    slot = seed;
    return (1.0 / static_cast<double>(modulus)) * static_cast<double>(m_last);
  }

  /// 16807 seed mod 2^31 - 1. With 64 bits there is no need for Schrage's method, and the modulus being a Mersenne
  /// prime none for a division: bits from 31 up count once more at the bottom.
  static void advance(std::int64_t& seed) {
    if (seed > modulus) seed %= modulus;
    const std::int64_t product = 16807 * seed;
    const std::int64_t folded = (product & modulus) + (product >> 31);
    seed = folded >= modulus ? folded - modulus : folded;
  }

  void fill(std::int64_t& seed) {
    seed = seed > -1 ? 1 : -std::max(seed, -std::numeric_limits<std::int64_t>::max());
    for (int i = table_size + warm_up - 1; i >= 0; --i) {
      advance(seed);
      if (i < table_size) m_table[static_cast<std::size_t>(i)] = seed;
    }
    m_last = m_table[0];
  }

  std::int64_t m_last = 0;
  std::array<std::int64_t, table_size> m_table{};
};

}  // namespace nbk
