// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/symmetry_operation.hpp"
#include "nbk/model/crystal.hpp"
#include "nbk/model/structure_factors.hpp"

#include <optional>
#include <string>
#include <vector>

namespace nbk::io {

/// Reflections of a crystal with symmetry, as files of the field hold them. One of each set of equivalent ones is
/// enough. Where h and its Friedel mate -h are both listed, they may differ.
struct MergedReflections {
  std::optional<UnitCell> cell;               ///< not given by the file: nothing
  std::string space_group;                    ///< its name; empty: not given by the file
  std::vector<SymmetryOperation> operations;  ///< of the whole group, with centring; empty: not given by the file
  std::vector<Reflection> reflections;        ///< |F|, in the file's order
  std::vector<double> phase_rad;              ///< of each reflection; empty: not wanted
  std::string columns;                        ///< those that were read, for a person, for example "FP"
  std::vector<std::string> notes;             ///< choices that were made, without the file's name
  std::vector<std::string> warnings;          ///< likely mistakes, without the file's name
};

}  // namespace nbk::io
