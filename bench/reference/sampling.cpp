// SPDX-License-Identifier: MIT
#include "bench/reference/sampling.hpp"

#include "nbk/core/constants.hpp"
#include "nbk/core/error.hpp"

#include <cmath>

namespace nbk::reference {

namespace {

/// Returns the number of steps that cover a range.
int steps_to_cover(double range, double step) {
  const double count = std::ceil(range / step);
  require(count < 2147483647.0, "range / step", count, "must be less than 2^31 steps");
  return static_cast<int>(count);
}

}  // namespace

Grid resolve_grid(const Sampling& given, double unset_range) {
  const double range = given.range.value_or(unset_range), step = given.step.value_or(-1);
  const int count = given.count.value_or(-1);
  const bool has_range = range >= 0, has_step = step > 0, has_count = count > 0;

  Grid grid;
  if (!has_range && !has_step)
    grid = has_count ? Grid{count, 1.0, 1.0 / count} : Grid{};
  else if (!has_range)
    grid = {2, step, step};
  else if (has_step)
    grid = {has_count ? count : steps_to_cover(range, step), range, step};
  else {
    const int points = has_count && count > 1 ? count : 2;
    grid = {points, range, range / (points - 1)};
  }

  if (grid.range <= 0 || grid.step <= 0 || grid.count <= 0) return {};
  return grid;
}

std::vector<double> resolve_phi(const PhiScan& given) {
  double range = given.range_rad.value_or(-1), step = given.step_rad.value_or(-1);
  int steps = given.steps.value_or(-1);
  const bool has_range = range >= 0, has_step = step > 0;

  if (steps < 0) {
    if (!has_range && !has_step) {
      steps = 1;
      step = 0;
    } else if (!has_range) {
      steps = 2;
    } else if (!has_step) {
      steps = 2;
      step = range / 2;
    } else {
      steps = steps_to_cover(range, step);
    }
  } else {
    if (steps == 0) steps = 1;
    if (!has_range) {
      if (has_step)
        steps = 2;
      else
        step = constants::degree_rad / steps;
    } else if (step < 0) {
      step = range / steps;
    }
  }
  require(steps > 0, "crystal.phi", steps, "must give at least one step");

  std::vector<double> phi_rad;
  for (int i = 0; i < steps; ++i) phi_rad.push_back(given.start_rad + step * i);
  return phi_rad;
}

Layers resolve_layers(const Sensor& given, Policy policy) {
  Layers layers;
  if (given.thickness_m <= 0) {
    layers.attenuation_per_m = -1;
    return layers;
  }
  layers.thickness_m = given.thickness_m;
  // A length of 0 is how the C program is told of a sensor that stops nothing.
  const double length_m = given.attenuation_length_m.value_or(given.thickness_m);
  layers.attenuation_per_m = length_m > 0 ? 1 / length_m : 0;

  const int asked = given.layers.value_or(-1);
  if (policy == Policy::corrected) {
    layers.count = asked > 0 ? asked : 2;
    layers.step_m = layers.thickness_m / layers.count;
  } else if (asked <= 0) {
    layers.count = 2;
    layers.step_m = layers.thickness_m / 2;
  } else {
    // n layers, n - 1 steps apart, reach beyond the sensor: so does the C program.
    layers.count = asked == 1 ? 2 : asked;
    layers.step_m = layers.thickness_m / (layers.count - 1);
  }
  return layers;
}

}  // namespace nbk::reference
