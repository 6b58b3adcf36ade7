// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/model/experiment.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>

/// \file
/// Experiments that several tests start from, and how their set-up is compared.

namespace nbk::testing {

inline constexpr double degree = std::numbers::pi / 180;

/// A cubic cell, everything else left to the defaults.
inline Experiment cubic_experiment(double edge_A = 100) {
  Experiment experiment;
  experiment.crystal.cell = UnitCell{edge_A, edge_A, edge_A, 90 * degree, 90 * degree, 90 * degree};
  experiment.structure_factors.default_amplitude = 1;
  return experiment;
}

/// The triclinic crystal, oriented, on 32 x 32 pixels of 1 mm at 60 mm, that the smoke values of the physics reference
/// use.
inline Experiment smoke_experiment(Convention convention = Convention::mosflm) {
  Experiment experiment;
  experiment.frame = Frame::of(convention);
  experiment.beam.wavelength_m = 1.5e-10;
  experiment.crystal.cell = UnitCell{70, 80, 90, 75 * degree, 85 * degree, 95 * degree};
  experiment.crystal.misset_rad = {10 * degree, 20 * degree, 30 * degree};
  experiment.crystal.cells = {5, 5, 5};
  experiment.structure_factors.default_amplitude = 100;
  experiment.detector.pixels_fast = experiment.detector.pixels_slow = 32;
  experiment.detector.pixel_size_m = 1e-3;
  experiment.detector.distance_m = 0.06;
  experiment.detector.oversample = 1;
  return experiment;
}

/// Largest difference of a component, relative to the length of the expected vector.
inline double relative_difference(const Vec3d& v, const Vec3d& expected) {
  const Vec3d d = v - expected;
  return std::max({std::fabs(d.x), std::fabs(d.y), std::fabs(d.z)}) / std::sqrt(dot(expected, expected));
}

/// What makes `action` throw InvalidInput, as its message; "" if nothing does.
template <class Action>
std::string complaint(const Action& action) {
  try {
    action();
  } catch (const InvalidInput& error) {
    return error.what();
  }
  return {};
}

inline bool begins_with(const std::string& text, const std::string& start) { return text.rfind(start, 0) == 0; }

/// A tilted panel with sensor layers and sub-pixels, seen from two sources.
inline Experiment tilted() {
  Experiment e = smoke_experiment();
  e.detector.rotation_rad = {0.1, -0.2, 0.3};
  e.detector.two_theta_rad = 0.2;
  e.detector.oversample = 2;
  e.detector.sensor = {4e-4, 2e-4, 2};
  e.beam.kahn_factor = 0.7;
  e.beam.sources = {{{-10, 0, 0}, 1, 1.5e-10, 0}, {{-10, 0.5, 0.3}, 1, 1.4e-10, 0}};
  return e;
}

/// The same, bright everywhere, with mosaic domains and two directions one of which has two wavelengths: for
/// derivatives.
inline Experiment tilted_spectrum(LatticeShape shape) {
  Experiment e = tilted();
  e.policy = Policy::corrected;
  e.crystal.shape = shape;
  e.crystal.cells = {7, 8, 9};
  e.crystal.fudge = 0.2;
  e.crystal.mosaicity = {0.01, 3};
  e.detector.pixel_size_m = 2e-3;
  e.beam.sources = {
      {{-10, 0, 0}, 1, 1.5e-10, 0}, {{-10, 0.5, 0.3}, 2, 1.4e-10, 0}, {{-10, 0.5, 0.3}, 0.5, 1.45e-10, 0}};
  return e;
}

}  // namespace nbk::testing
