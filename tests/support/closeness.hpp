// SPDX-License-Identifier: MIT
#pragma once

#include "bench/measure/parity.hpp"

#include <limits>
#include <string>

namespace nbk::testing {

/// What an image in double precision has to reach against the C program's.
inline constexpr bench::measure::ParityBounds double_bounds{0.999999, 1e-5, 1e-6};

/// What an image in single or mixed precision has to reach. No bound on one pixel; NaN fails all the same.
inline constexpr bench::measure::ParityBounds float_bounds{0.9999, 1e-3, std::numeric_limits<double>::infinity()};

/// One line that says how close two images are and where they differ most.
std::string describe(const bench::measure::Parity& parity);

}  // namespace nbk::testing
