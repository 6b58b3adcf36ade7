// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace nbk::bench::flags {

/// Words of the flags about a file of the field that structure factors come from. Empty: not given.
struct CrystalFileFlags {
  std::string reflections;                     ///< of --hkl
  std::string coordinates;                     ///< of --coordinates
  std::string space_group;                     ///< of --space-group
  std::vector<std::string> columns;            ///< of --columns
  std::vector<double> resolution_A;            ///< of --resolution-A: the finest, perhaps the coarsest
  std::optional<std::vector<double>> solvent;  ///< of --bulk-solvent: k, B; no numbers: none

  /// True if there is a file.
  bool given() const { return !reflections.empty() || !coordinates.empty(); }
};

}  // namespace nbk::bench::flags
