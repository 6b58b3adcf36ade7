// SPDX-License-Identifier: MIT
#pragma once

#include "bench/measure/parity.hpp"

#include <string_view>

namespace nbk::bench::measure {

/// What an image in a precision has to reach, against float64's, the C program's or the built-in reference's.
inline ParityBounds bounds_of(std::string_view dtype) {
  if (dtype == "float64") return {};
  ParityBounds bounds{0.9999, 1e-3, 0};
  bounds.max_relative_difference = 1e300;  // a single pixel beside a sharp peak may differ; correlation and sum judge
  return bounds;
}

/// Without any difference there is parity, also where an image without contrast has no correlation.
inline bool agree(const Parity& parity, const ParityBounds& bounds) {
  return parity.max_abs_difference == 0 || in_parity(parity, bounds);
}

}  // namespace nbk::bench::measure
