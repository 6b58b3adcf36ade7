// SPDX-License-Identifier: MIT
#pragma once

#include <doctest/doctest.h>

#include <cmath>

namespace nbk::testing {

/// Relative, also for small numbers; doctest's own scale of 1 would let anything pass that is small enough.
inline doctest::Approx near(double value, double epsilon = 1e-12) {
  return doctest::Approx(value).epsilon(epsilon).scale(0);
}

inline bool negligible(double value, double scale) { return std::fabs(value) <= 1e-14 * scale; }

}  // namespace nbk::testing
