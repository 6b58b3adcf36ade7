// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/model/traversal.hpp"
#include "nbk/plan/lattice_parameters.hpp"
#include "nbk/plan/spot_rounding.hpp"
#include "nbk/plan/tables.hpp"
#include "nbk/scene/scene.hpp"
#include "nbk/scene/spot_axes.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

namespace nbk::plan {

/// Returns the wavelengths of a part of a spectrum from which on a window costs less than all evaluations: it costs as
/// much as 4 of them, and saves only those beyond the spots. Measured for Gaussian spots: between 4 and 5 for a reach
/// of 0.07, 10 for 0.26.
inline double fewest_waves_of_part(double reach) { return 4 / (1 - 2 * reach); }

/// Largest radius of a point whose indices are within `reach` along each axis.
inline double box_radius(const scene::SpotAxes& axes, const Vec3d& reach) {
  double largest_sqr = 0;
  for (const double b : {-1.0, 1.0}) {
    for (const double c : {-1.0, 1.0}) {
      const Vec3d corner = reach.x * axes.a + b * reach.y * axes.b + c * reach.z * axes.c;
      largest_sqr = std::max(largest_sqr, dot(corner, corner));
    }
  }
  return std::sqrt(largest_sqr);
}

/// Returns Tables::windows. They are not used for spots without an end, or so wide that several reflections meet in the
/// middle between them.
/// \param orientations  of the crystal
template <class PrecisionT>
WavelengthWindows<typename PrecisionT::Lattice> wavelength_windows(const Scene& scene, const Crystal& crystal,
                                                                   Policy policy, TermWeighting weighting,
                                                                   const std::vector<CellVectors>& orientations) {
  using G = typename PrecisionT::Geometry;
  using L = typename PrecisionT::Lattice;
  if (weighting == TermWeighting::compounding) return {};
  const double geometry_rounding = std::ldexp(1.0, -NumberTraits<G>::significand_bits);
  const double lattice_rounding = std::ldexp(1.0, -NumberTraits<L>::significand_bits);
  const scene::SpotAxes axes = scene::spot_axes(scene.lattice, policy);
  const double size = size_of(axes);
  const double radius = spot_radius<L>(crystal, weighting) + rounding_of_spot_vectors<L>(scene, policy);
  const Vec3d reach = axes.reach();
  double widest = 0, inverse_per_A = 0, parts = 0, largest_change_A = 0;
  for (const Ray& ray : scene.rays)
    inverse_per_A = std::max(inverse_per_A, 1 / (ray.wavelength_m * constants::metres_to_A));
  const auto add_axis = [&](const Vec3d& axis_m, double reach_at_one) {
    const double length_A = std::sqrt(dot(axis_m, axis_m)) * constants::metres_to_A;
    widest = std::max(widest, reach_at_one * radius);
    const double rounding = 16 * geometry_rounding * 2 * length_A * inverse_per_A;
    const double room = 1 - 2 * (reach_at_one * radius + rounding + 1e-4);
    largest_change_A = std::max(largest_change_A, 2 * length_A);
    parts = std::max(parts, room > 0 ? length_A / room : std::numeric_limits<double>::infinity());
  };
  for (const CellVectors& cell : orientations) {
    add_axis(cell.a_m, reach.x);
    add_axis(cell.b_m, reach.y);
    add_axis(cell.c_m, reach.z);
  }
  // Products of four lengths in the kernel must not leave the range of float.
  const double largest = size * std::max({largest_change_A, radius, 1.0});
  if (!std::isfinite(parts) || !(largest < 1e9)) return {};
  const double box = 1.001 * box_radius(axes, radius * reach) + 32 * lattice_rounding * size;
  return {true,
          static_cast<L>(radius * radius),
          static_cast<L>(box * box),
          static_cast<L>(4 * geometry_rounding * inverse_per_A),
          static_cast<L>(parts),
          static_cast<L>(1 / fewest_waves_of_part(widest))};
}

/// Returns the windows for an order that is forced: none for pixels, and in every part of a spectrum for windows.
template <class L>
WavelengthWindows<L> windows_in_order(WavelengthWindows<L> windows, Traversal traversal) {
  if (traversal == Traversal::pixels) return {};
  if (windows.used && traversal == Traversal::windows) windows.parts_per_wave = L(1000);
  return windows;
}

}  // namespace nbk::plan
