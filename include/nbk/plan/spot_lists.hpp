// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concepts.hpp"
#include "nbk/plan/lattice_parameters.hpp"
#include "nbk/plan/tables.hpp"
#include "nbk/plan/wavelength_windows.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <type_traits>
#include <vector>

namespace nbk::plan {

/// Memory that lists of spots may take unless something else is said, bytes.
inline constexpr std::size_t usual_list_bytes = std::size_t{64} << 20;

/// Returns true if lists of spots are compiled for a precision and a space, and may be wanted.
template <PrecisionLike PrecisionT, ExecSpace Exec>
constexpr bool may_list_spots(Traversal traversal) {
  return is_host_space<Exec> && std::is_floating_point_v<typename PrecisionT::Geometry> &&
         std::is_floating_point_v<typename PrecisionT::Lattice> &&
         std::is_floating_point_v<typename PrecisionT::Accumulate> &&
         (traversal == Traversal::automatic || traversal == Traversal::spots);
}

/// Returns true if lists of spots give the image of a scene: spots with an end, flat panels, structure factors of whole
/// indices, terms of 0 that change nothing, and numbers that fit into SpotEntry.
inline bool spots_suit(const Scene& scene, TermWeighting weighting, std::size_t orientations) {
  if (weighting == TermWeighting::compounding || scene.interpolate) return false;
  for (const ScenePanel& panel : scene.panels) {
    const PanelGeometry& p = panel.geometry;
    if (p.curved || std::max(p.pixels_fast, p.pixels_slow) > std::numeric_limits<std::uint16_t>::max()) return false;
  }
  const double tasks = static_cast<double>(scene.rays.size()) * static_cast<double>(orientations);
  double largest_index = 0;
  for (const Vec3d& edge_m : {scene.lattice.direct.a_m, scene.lattice.direct.b_m, scene.lattice.direct.c_m})
    largest_index = std::max(largest_index, 2 * std::sqrt(dot(edge_m, edge_m)) * scene.largest_q_per_m);
  return tasks < 4e9 && largest_index < 3e4;
}

/// Returns Tables::spots of an experiment that lists of spots suit, or unused ones.
/// \param orientations  of the crystal
template <class PrecisionT, class Exec>
SpotLists<typename PrecisionT::Lattice> spot_lists(const Scene& scene, const Crystal& crystal, Policy policy,
                                                   TermWeighting weighting,
                                                   const std::vector<CellVectors>& orientations, Traversal traversal) {
  using L = typename PrecisionT::Lattice;
  if (!may_list_spots<PrecisionT, Exec>(traversal)) return {};
  const double radius = spot_radius<L>(crystal, weighting);
  if (!spots_suit(scene, weighting, orientations.size()) || !(radius < 1e6)) return {};
  const double rounding = std::ldexp(1.0, -NumberTraits<L>::significand_bits);
  const double size = size_of(scene::spot_axes(scene.lattice, policy));
  double edge_A = 0, least = std::numeric_limits<double>::max(), most = 0;
  for (const CellVectors& cell : orientations) {
    for (const Vec3d& edge_m : {cell.a_m, cell.b_m, cell.c_m})
      edge_A = std::max(edge_A, std::sqrt(dot(edge_m, edge_m)) * constants::metres_to_A);
  }
  for (const Ray& ray : scene.rays) {
    least = std::min(least, 1 / (ray.wavelength_m * constants::metres_to_A));
    most = std::max(most, 1 / (ray.wavelength_m * constants::metres_to_A));
  }
  // Indices of a pixel change by so much from the middle of the spectrum to its ends.
  const double largest_rest = 1 + edge_A * (most - least);
  const double in_kernel = radius + 32 * rounding * size * largest_rest;
  // Products of four lengths in the kernel must not leave the range of float.
  if (!(size * std::max({2 * edge_A, in_kernel, largest_rest}) < 1e9)) return {};
  const Vec3d reach = scene::spot_axes(scene.lattice, policy).reach();
  const double rounding_of_index =
      16 * std::ldexp(1.0, -NumberTraits<typename PrecisionT::Geometry>::significand_bits) * 2 * edge_A * most;
  const double widest = std::max({reach.x, reach.y, reach.z}) * in_kernel + rounding_of_index + 1e-4;
  return {true, widest < 0.5, radius, static_cast<L>(in_kernel * in_kernel)};
}

}  // namespace nbk::plan
