// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <vector>

namespace nbk {

/// One reflection of a list.
struct Reflection {
  int h = 0, k = 0, l = 0;
  double amplitude = 0;   ///< structure factor F, electrons
};

/// Structure factors on a dense grid of Miller indices.
struct StructureFactors {
  int h_min = 0, h_max = -1, k_min = 0, k_max = -1, l_min = 0, l_max = -1;  ///< inclusive
  std::vector<double> amplitude;  ///< [h][k][l] over the inclusive ranges, electrons; empty: no table
  double default_amplitude = 0;   ///< F of every reflection outside the table, electrons
  std::optional<bool> interpolate;  ///< tricubic between the reflections; not given: the automatic rule

  bool has_table() const { return !amplitude.empty(); }
};

}  // namespace nbk
