// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/io/file.hpp"
#include "nbk/io/symmetry_operation.hpp"
#include "nbk/model/crystal.hpp"

#include <gemmi/symmetry.hpp>
#include <gemmi/unitcell.hpp>

#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// \file
/// Cells and space groups of gemmi in nbk's words. This header and all that include it need gemmi 0.5.7 or newer, as
/// docs/building.md says; no other header of nbk does.

namespace nbk::io {

/// Returns a cell, or nothing where a file has none: a cell of 1 A stands for that in PDB files.
inline std::optional<UnitCell> cell_of(const gemmi::UnitCell& cell) {
  const bool is_there = cell.is_crystal() && cell.a > 1 && cell.b > 1 && cell.c > 1;
  if (!is_there) return std::nullopt;
  constexpr double degree = constants::degree_rad;
  return UnitCell{cell.a, cell.b, cell.c, cell.alpha * degree, cell.beta * degree, cell.gamma * degree};
}

/// Returns one operation.
inline SymmetryOperation operation_of(const gemmi::Op& op) {
  static_assert(gemmi::Op::DEN == SymmetryOperation::parts);
  SymmetryOperation operation;
  for (std::size_t row = 0; row < 3; ++row) {
    for (std::size_t column = 0; column < 3; ++column)
      operation.rotation[row][column] = op.rot[row][column] / gemmi::Op::DEN;
    operation.translation[row] = ((op.tran[row] % gemmi::Op::DEN) + gemmi::Op::DEN) % gemmi::Op::DEN;
  }
  return operation;
}

/// Returns all operations of a space group, with centring.
inline std::vector<SymmetryOperation> operations_of(const gemmi::SpaceGroup& group) {
  std::vector<SymmetryOperation> operations;
  for (const gemmi::Op& op : group.operations().all_ops_sorted()) operations.push_back(operation_of(op));
  return operations;
}

/// Finds a space group by its Hermann-Mauguin or Hall name or its number, for example "P 21 21 21", "P212121" or "19".
/// \param cell  tells hexagonal from rhombohedral axes where the name does not
/// \return null where there is none
inline const gemmi::SpaceGroup* space_group_named(const std::string& name, const std::optional<UnitCell>& cell) {
  const bool is_number = !name.empty() && name.find_first_not_of("0123456789") == std::string::npos;
  if (is_number) return name.size() > 3 ? nullptr : gemmi::find_spacegroup_by_number(std::stoi(name));
  constexpr double degree = constants::degree_rad;
  return gemmi::find_spacegroup_by_name(name, cell ? cell->alpha_rad / degree : 0, cell ? cell->gamma_rad / degree : 0);
}

/// Finds a space group or fails. \throws FileError  "NAME: ..." where there is none of this name
inline const gemmi::SpaceGroup& require_space_group(const std::string& group, const std::optional<UnitCell>& cell,
                                                    const std::string& name) {
  const gemmi::SpaceGroup* const found = space_group_named(group, cell);
  if (found == nullptr) {
    fail(name, "space group '" + group +
                   "' is unknown; give its name as International Tables write it, or its number, "
                   "by --space-group");
  }
  return *found;
}

}  // namespace nbk::io
