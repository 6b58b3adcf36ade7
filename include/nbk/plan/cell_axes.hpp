// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/physics/scattering.hpp"
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

}  // namespace nbk::plan
