// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/experiment.hpp"

#include <vector>

namespace nbk::reference {

/// Grid of `count` points; the i-th is at i * step - range / 2.
struct Grid {
  int count = 1;
  double range = 0, step = 0;
};

/// Derives what the user left out of a grid from the rest.
/// \param unset_range  range that stands for "not given": negative for divergence, 0 for dispersion
Grid resolve_grid(const Sampling& given, double unset_range);

/// Returns the spindle angle at the start of each phi step, radian.
std::vector<double> resolve_phi(const PhiScan& given);

/// Layers of the sensor: `count` slices `step_m` apart. A thickness of 0 captures everything.
struct Layers {
  int count = 1;
  double thickness_m = 0, step_m = 0, attenuation_per_m = 0;
};
/// Returns the layers of a sensor.
Layers resolve_layers(const Sensor& given, Policy policy);

}  // namespace nbk::reference
