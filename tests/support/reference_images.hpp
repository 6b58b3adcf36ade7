// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/model/experiment.hpp"

#include "support/relative.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <numeric>
#include <vector>

/// \file
/// Small experiments for whole images of the reference, and how these are compared.

namespace nbk::testing {

inline constexpr double deg = constants::degree_rad;
using Image = std::vector<float>;

inline Experiment small(Policy policy = Policy::compat) {
  Experiment e;
  e.policy = policy;
  e.crystal.cell = UnitCell{70, 80, 90, 75 * deg, 85 * deg, 95 * deg};
  e.crystal.misset_rad = {10 * deg, 20 * deg, 30 * deg};
  e.crystal.cells = {4, 5, 6};
  e.beam.wavelength_m = 1.5e-10;
  e.detector.pixels_fast = 24;
  e.detector.pixels_slow = 18;
  e.detector.pixel_size_m = 1e-3;
  e.detector.distance_m = 0.06;
  e.detector.oversample = 1;
  e.structure_factors.default_amplitude = 100;
  return e;
}

/// The same with one oblique angle only: the C program gets other angles than asked for where there are more.
inline Experiment monoclinic(Policy policy = Policy::compat) {
  Experiment e = small(policy);
  e.crystal.cell = UnitCell{70, 80, 90, 90 * deg, 105 * deg, 90 * deg};
  return e;
}

/// A table that reaches out to |h| = 5, which the edges of small()'s image leave.
inline StructureFactors table() {
  StructureFactors f;
  f.h_min = f.k_min = f.l_min = -5;
  f.h_max = f.k_max = f.l_max = 5;
  for (int i = 0; i < 11 * 11 * 11; ++i) f.amplitude.push_back(50 + i % 17);
  return f;
}

inline double sum(const Image& image) { return std::accumulate(image.begin(), image.end(), 0.0); }

inline std::size_t differing(const Image& a, const Image& b) {
  std::size_t n = 0;
  for (std::size_t i = 0; i < a.size(); ++i) n += a[i] != b[i];
  return n;
}

/// Largest difference as a share of b's maximum.
inline double distance(const Image& a, const Image& b) {
  double worst = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    worst = std::max(worst, std::fabs(static_cast<double>(a[i]) - static_cast<double>(b[i])));
  return worst / static_cast<double>(*std::max_element(b.begin(), b.end()));
}

}  // namespace nbk::testing
