// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/polarization_slopes.hpp"
#include "nbk/plan/device_table.hpp"
#include "nbk/plan/tables.hpp"
#include "nbk/scene/derivative_coefficients.hpp"

#include <cstddef>
#include <vector>

namespace nbk {

/// Everything that a kernel for derivatives reads besides Tables.
template <class PrecisionT>
struct DerivativeTables {
  using G = typename PrecisionT::Geometry;  ///< numbers of the geometry
  using L = typename PrecisionT::Lattice;   ///< numbers of the lattice

  const physics::CellAxes<L>* orientations = nullptr;  ///< those of Tables in the lattice's numbers, Angstrom
  const Vec3<L>* twists = nullptr;                     ///< [orientation][twist], radian per unit of the parameter
  int twist_count = 0;                                 ///< twists of an orientation
  const physics::TurnedRay<G>* turned_rays = nullptr;  ///< [group][turn]
  int turn_count = 0;                                  ///< turns of a group
  bool uses_cells = true;                              ///< the sums `cells` of physics::PixelSums are read
  bool uses_push = true;                               ///< those of positions, of the beam or of twists are read
  bool uses_wavelength = true;                         ///< the sum `wavelength` is read
};

namespace plan {

/// Orientations in another number type.
template <class L, class G>
std::vector<physics::CellAxes<L>> axes_cast(const std::vector<physics::CellAxes<G>>& axes) {
  std::vector<physics::CellAxes<L>> list;
  list.reserve(axes.size());
  for (const auto& cell : axes) list.push_back({vec3_cast<L>(cell.a), vec3_cast<L>(cell.b), vec3_cast<L>(cell.c)});
  return list;
}

/// Twist vectors, [orientation][twist].
template <class L>
std::vector<Vec3<L>> twists_by_orientation(const DerivativeCoefficients& coefficients, std::size_t orientations) {
  const auto twists = static_cast<std::size_t>(coefficients.twists);
  std::vector<Vec3<L>> list(orientations * twists);
  for (std::size_t o = 0; o < orientations; ++o) {
    for (std::size_t t = 0; t < twists; ++t)
      list[o * twists + t] = vec3_cast<L>(coefficients.twist_vectors[t * orientations + o]);
  }
  return list;
}

/// Turned rays, [group][turn].
/// \param first_rays  the first ray of each group
template <class G>
std::vector<physics::TurnedRay<G>> turned_rays(const DerivativeCoefficients& coefficients,
                                               const std::vector<std::size_t>& first_rays) {
  const auto turns = static_cast<std::size_t>(coefficients.beam_turns_used);
  const std::size_t rays = turns == 0 ? 0 : coefficients.beam_turns.size() / turns;
  std::vector<physics::TurnedRay<G>> list;
  for (const std::size_t ray : first_rays) {
    for (std::size_t t = 0; t < turns; ++t) {
      const BeamTurn& turn = coefficients.beam_turns[t * rays + ray];
      list.push_back({vec3_cast<G>(turn.incident), vec3_cast<G>(turn.electric), vec3_cast<G>(turn.magnetic)});
    }
  }
  return list;
}

}  // namespace plan
}  // namespace nbk
