// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/experiment.hpp"

#include <vector>

namespace nbk::reference {

/// A resolved grid; the i-th of `count` points is at i * step - range / 2.
struct Grid {
  int count = 1;
  double range = 0, step = 0;
};

/// What the user left out of a grid is derived from the rest.
/// \param unset_range range that stands for "not given": negative for divergence, 0 for dispersion
Grid resolve_grid(const Sampling& given, double unset_range);

/// Spindle angles (radian) at the START of each phi step.
std::vector<double> resolve_phi(const PhiScan& given);

/// Sensor layers: `count` slices `step_m` apart. A thickness of 0 captures everything.
struct Layers {
  int count = 1;
  double thickness_m = 0, step_m = 0, attenuation_per_m = 0;
};
Layers resolve_layers(const Sensor& given, Policy policy);

}  // namespace nbk::reference
