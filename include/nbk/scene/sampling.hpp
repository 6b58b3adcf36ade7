// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/beam.hpp"
#include "nbk/model/crystal.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <optional>
#include <vector>

/// \file
/// Number and place of the points of a range, of which a user gives some of range, step and count.
/// A count that is not given or 0 is chosen here.

namespace nbk::scene {

/// Points of one sampled quantity; point i is step i - range/2.
struct Grid {
  double range = 0, step = 0;
  int count = 1;
  double at(int i) const { return strict::product(step, static_cast<double>(i)) - range / 2.0; }
};

/// Spindle angles of one exposure; step i starts at start + step i.
struct PhiSteps {
  double start_rad = 0, range_rad = 0, step_rad = 0;
  int count = 1;
  double at(int i) const { return start_rad + strict::product(step_rad, static_cast<double>(i)); }
};

/// More points than this along one quantity cannot be meant, and would not fit in memory.
inline constexpr int most_points = 100'000'000;

namespace detail {

/// range/step rounded up, as a count.
inline int count_of(double range, double step, const ParameterName& name) {
  const double count = std::ceil(range / step);
  require(count <= most_points, name + ".range / step", count, "must be at most 1e8 points");
  return static_cast<int>(count);
}

inline bool given(const std::optional<int>& count) { return count.value_or(0) > 0; }
inline bool given(const std::optional<double>& step) { return step.value_or(0.0) > 0.0; }

}  // namespace detail

/// Completes a beam sampling. A grid without extent is one point.
/// \param name of the parameter, for errors
/// \throws InvalidInput for more than most_points points
inline Grid resolve_grid(const Sampling& wanted, const ParameterName& name) {
  Grid grid{wanted.range.value_or(0.0), wanted.step.value_or(0.0), wanted.count.value_or(0)};
  if (!wanted.range) {
    if (detail::given(wanted.step)) {
      grid.range = grid.step;
      grid.count = 2;
    } else if (detail::given(wanted.count)) {
      grid.range = 1.0;  // one radian in all, as nanoBragg makes of a count alone
      grid.step = grid.range / grid.count;
    }
  } else if (detail::given(wanted.count)) {
    if (!detail::given(wanted.step)) {
      grid.count = std::max(grid.count, 2);
      grid.step = grid.range / (grid.count - 1);
    }
  } else if (detail::given(wanted.step)) {
    grid.count = detail::count_of(grid.range, grid.step, name);
  } else {
    grid.step = grid.range;
    grid.count = 2;
  }
  if (grid.range <= 0.0 || grid.step <= 0.0 || grid.count <= 0) return {};
  require(grid.count <= most_points, name + ".count", grid.count, "must be at most 1e8");
  return grid;
}

/// Completes the spectral width. Unlike a divergence its range is 0 when not given, so a count alone gives one
/// wavelength.
inline Grid resolve_dispersion(Sampling wanted) {
  wanted.range = wanted.range.value_or(0.0);
  return resolve_grid(wanted, "beam.dispersion");
}

/// Completes the phi scan; a count alone spreads over one degree.
/// \throws InvalidInput if the scan has no step, or more than most_points
inline PhiSteps resolve_phi(const PhiScan& wanted) {
  PhiSteps phi{wanted.start_rad, wanted.range_rad.value_or(0.0), wanted.step_rad.value_or(0.0),
               std::max(wanted.steps.value_or(1), 1)};
  const bool has_step = detail::given(wanted.step_rad);
  if (!wanted.range_rad && has_step) {
    phi.range_rad = phi.step_rad;
    phi.count = 2;
  } else if (!wanted.range_rad && wanted.steps) {
    phi.range_rad = 1.0 / (180.0 * std::numbers::inv_pi);
    phi.step_rad = phi.range_rad / phi.count;
  } else if (wanted.range_rad && wanted.steps) {
    if (!wanted.step_rad) phi.step_rad = phi.range_rad / phi.count;
  } else if (wanted.range_rad && has_step) {
    phi.count = detail::count_of(phi.range_rad, phi.step_rad, "crystal.phi");
    require(phi.count > 0, "crystal.phi.range_rad", phi.range_rad, "must be > 0 when a step is given without a count");
  } else if (wanted.range_rad) {
    phi.count = 2;
    phi.step_rad = phi.range_rad / 2.0;
  }
  require(phi.count <= most_points, "crystal.phi.steps", phi.count, "must be at most 1e8");
  return phi;
}

/// The spindle angle of every step, radian.
inline std::vector<double> phi_angles(const PhiSteps& phi) {
  std::vector<double> angles(static_cast<std::size_t>(phi.count));
  for (int i = 0; i < phi.count; ++i) angles[static_cast<std::size_t>(i)] = phi.at(i);
  return angles;
}

}  // namespace nbk::scene
