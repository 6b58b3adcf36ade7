// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/plan/spot_columns.hpp"

#include <algorithm>
#include <cmath>

/// \file
/// The wavelengths whose Ewald spheres meet a spot. For a point q0 + d of the spot and u = q0 + s i, as f of
/// plan/spot_columns.hpp is |q|^2 + 2 s q.i,
///
///     f(q0 + d) = f(q0) + 2 u.d + |d|^2
///
/// with |u.d| <= h(u). As h is convex and u linear in s, it is at most H, the larger of h at both ends of the spectrum;
/// |d| is at most rho. So a sphere that meets the spot has f(q0) <= 2 H and f(q0) >= -2 H - rho^2, both linear in s:
///
///     2 s q0.i <= 2 H - |q0|^2,   2 s q0.i >= -2 H - rho^2 - |q0|^2
///
/// Margin: 1e-9 of s. Lengths in 1/Angstrom. Derived here; tests/unit/plan/spot_lists.cpp compares with evaluations.

namespace nbk::plan {

/// A range of s = 1 / lambda, 1/Angstrom; none if `least` is above `most`.
struct InverseInterval {
  double least = 1, most = 0;

  bool none() const { return !(least <= most); }
};

/// Returns a range that holds every s of the band whose sphere meets the spot about q0.
inline InverseInterval meeting_spheres(const SpotEllipsoid& spot, const Vec3d& q0, const EwaldBand& band) {
  const double half =
      std::max(spot.half_width(q0 + band.s_least * band.incident), spot.half_width(q0 + band.s_most * band.incident));
  const double sqr = dot(q0, q0), twice_along = 2 * dot(q0, band.incident);
  const double upper = 2 * half - sqr, lower = -2 * half - spot.longest * spot.longest - sqr;
  InverseInterval range{band.s_least, band.s_most};
  if (twice_along > 0) {
    range = {lower / twice_along, upper / twice_along};
  } else if (twice_along < 0) {
    range = {upper / twice_along, lower / twice_along};
  } else if (upper < 0 || lower > 0) {
    return {};
  }
  constexpr double margin = 1e-9;
  const double slack = margin * band.s_most;
  return {std::max(range.least - slack, band.s_least), std::min(range.most + slack, band.s_most)};
}

}  // namespace nbk::plan
