// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/physics/scattering.hpp"
#include "nbk/scene/compat/stale_orientations.hpp"
#include "nbk/scene/scene.hpp"

#include <vector>

namespace nbk::plan {

/// Orientations in the number type of the geometry, Angstrom.
template <class G>
std::vector<physics::CellAxes<G>> cell_axes(const std::vector<CellVectors>& orientations) {
  std::vector<physics::CellAxes<G>> axes;
  axes.reserve(orientations.size());
  for (const CellVectors& cell : orientations) {
    axes.push_back({vec3_cast<G>(constants::metres_to_A * cell.a_m), vec3_cast<G>(constants::metres_to_A * cell.b_m),
                    vec3_cast<G>(constants::metres_to_A * cell.c_m)});
  }
  return axes;
}

/// Orientations that the first evaluated (pixel, sub-pixel, source) sees in `compat`; none: the same as all others.
template <class G>
std::vector<physics::CellAxes<G>> first_cell_axes(const Scene& scene, Policy policy) {
  if (policy != Policy::compat || scene.phi_rad.size() < 2 || scene.phi_rad.front() != 0.0) return {};
  return cell_axes<G>(make_first_evaluation_orientations(scene));
}

}  // namespace nbk::plan
