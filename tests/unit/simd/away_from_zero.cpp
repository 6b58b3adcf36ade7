// SPDX-License-Identifier: MIT
#include "nbk/simd/away_from_zero.hpp"

#include <doctest/doctest.h>

#include <cmath>

using namespace nbk;

namespace {

/// Checks away_from_zero() of lanes with and without a number that is too small.
template <class T>
void check_away_from_zero(T tiny) {
  constexpr int width = register_lanes<T>;
  using Lanes = pack_t<T, width>;
  for (const T x : {T(0), T(-0.0), tiny / 8, -tiny / 8, tiny, -tiny, 3 * tiny, T(-0.25), T(0.5)}) {
    CAPTURE(x);
    T lane[width], moved[width];
    for (int i = 0; i < width; ++i) lane[i] = i % 2 == 0 ? x : T(-0.125);
    const Lanes v = load<Lanes>(static_cast<const T*>(lane));
    store(away_from_zero(v, v * v, tiny), static_cast<T*>(moved));
    for (int i = 0; i < width; ++i) {
      if (std::fabs(lane[i]) < tiny) CHECK(std::fabs(moved[i]) == tiny);
      if (std::fabs(lane[i]) >= 3 * tiny) CHECK(moved[i] == lane[i]);
      CHECK(std::fabs(moved[i]) >= tiny);
    }
  }
}

}  // namespace

TEST_CASE("away from zero: numbers of packs that are too small, and those that are not") {
  check_away_from_zero(1e-12F);
  check_away_from_zero(1e-60);
}
