// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concatenated.hpp"
#include "nbk/core/error.hpp"
#include "nbk/core/warning.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/crystal.hpp"
#include "nbk/scene/scene.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <string>
#include <vector>

namespace nbk::scene {

/// Returns the numbers of unit cells along a, b, c. A size in metres replaces those of the crystal. Along b and c (not
/// a) the beam clips the size first. A matrix of cells has its diagonal. \throws InvalidInput for more than 2^31 - 1
/// cells along an axis
inline std::array<double, 3> resolve_cells(const Crystal& crystal, const CellVectors& direct, double beam_size_m,
                                           std::vector<Warning>& warnings) {
  const auto clipped = [&](double size_m, const char* parameter, const char* axis) {
    if (size_m <= beam_size_m) return size_m;
    add_warning(warnings, Warning::Topic::clipped_crystal, parameter,
                concatenated({"the crystal's width along ", axis, " is clipped to the beam's size"}));
    return beam_size_m;
  };
  const std::array<double, 3> size_m{crystal.size_m.x, clipped(crystal.size_m.y, "crystal.size_m.y", "b"),
                                     clipped(crystal.size_m.z, "crystal.size_m.z", "c")};
  const std::array<Vec3d, 3> edge_m{direct.a_m, direct.b_m, direct.c_m};
  if (crystal.cells_matrix)
    return {crystal.cells_matrix->row0.x, crystal.cells_matrix->row1.y, crystal.cells_matrix->row2.z};
  std::array<double, 3> cells = crystal.cells;
  for (std::size_t i = 0; i < 3; ++i) {
    if (size_m[i] > 0) cells[i] = std::ceil(size_m[i] / strict::magnitude(edge_m[i]));
    if (cells[i] <= 1.0) cells[i] = 1.0;
    require(cells[i] < 2147483648.0, "crystal.size_m / cell edge", cells[i], "must be less than 2^31 cells");
  }
  return cells;
}

}  // namespace nbk::scene
