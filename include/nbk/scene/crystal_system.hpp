// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cstddef>
#include <string_view>
#include <vector>

namespace nbk {

/// Crystal systems by what they tie together in a unit cell, in the usual setting.
enum class CrystalSystem {
  triclinic,     ///< nothing
  monoclinic,    ///< alpha = gamma = 90 degrees
  orthorhombic,  ///< all angles 90 degrees
  tetragonal,    ///< a = b, all angles 90 degrees
  hexagonal,     ///< a = b, alpha = beta = 90 degrees, gamma = 120 degrees; of trigonal crystals, too
  rhombohedral,  ///< a = b = c, alpha = beta = gamma
  cubic,         ///< a = b = c, all angles 90 degrees
};

/// Derivatives of (a, b, c, alpha, beta, gamma) by a parameter of the cell.
using CellDerivative = std::array<double, 6>;

namespace scene {

/// Names of the six parameters of a cell.
inline constexpr std::array<std::string_view, 6> cell_parameter_names{"a_A",       "b_A",      "c_A",
                                                                      "alpha_rad", "beta_rad", "gamma_rad"};

/// Number for each of the six parameters of a cell: those of one number are equal to each other, -1 is a fixed one.
using CellTies = std::array<int, 6>;

/// Returns the ties of a crystal system. A parameter's number is the first of those that it is tied to.
constexpr CellTies cell_ties(CrystalSystem system) {
  switch (system) {
    case CrystalSystem::monoclinic: return {0, 1, 2, -1, 4, -1};
    case CrystalSystem::orthorhombic: return {0, 1, 2, -1, -1, -1};
    case CrystalSystem::tetragonal:
    case CrystalSystem::hexagonal: return {0, 0, 2, -1, -1, -1};
    case CrystalSystem::rhombohedral: return {0, 0, 0, 3, 3, 3};
    case CrystalSystem::cubic: return {0, 0, 0, -1, -1, -1};
    case CrystalSystem::triclinic: break;
  }
  return {0, 1, 2, 3, 4, 5};
}

/// Returns the angle at which a system fixes one of the six parameters, degrees.
constexpr double fixed_angle_degree(CrystalSystem system, std::size_t parameter) {
  return system == CrystalSystem::hexagonal && parameter == 5 ? 120.0 : 90.0;
}

/// A parameter of the cell that a crystal system leaves free.
struct FreeCellParameter {
  std::size_t first = 0;   ///< number of the first of the six that it moves
  CellDerivative moves{};  ///< derivatives of all six by it
};

/// Returns the parameters that a crystal system leaves free.
inline std::vector<FreeCellParameter> free_cell_parameters(CrystalSystem system) {
  const CellTies ties = cell_ties(system);
  std::vector<FreeCellParameter> free;
  for (std::size_t i = 0; i < ties.size(); ++i) {
    if (ties[i] != static_cast<int>(i)) continue;
    FreeCellParameter parameter{i, {}};
    for (std::size_t j = i; j < ties.size(); ++j) parameter.moves[j] = ties[j] == ties[i] ? 1.0 : 0.0;
    free.push_back(parameter);
  }
  return free;
}

}  // namespace scene
}  // namespace nbk
