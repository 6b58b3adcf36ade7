// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/experiment.hpp"
#include "nbk/scene/scene.hpp"

#include <string_view>

namespace nbk::bench::measure {

/// Floating-point operations as the kernels do them: a multiply-add counts two, everything else (a division, a square
/// root, rounding, a comparison) one. Counted by sending a number type that counts through the kernels' own physics.
struct Arithmetic {
  double per_evaluation = 0;  ///< lattice factor and structure factor, once per sample, ray, phi step and domain
  double per_sample = 0;      ///< position of the sub-pixel, solid angle and polarisation
};

Arithmetic count_arithmetic(const Experiment& experiment, const Scene& scene, std::string_view dtype);

}  // namespace nbk::bench::measure
