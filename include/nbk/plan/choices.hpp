// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// What a plan decides and launch/dispatch.hpp turns into types.

namespace nbk {

/// How F_cell is looked up.
enum class CellLookup {
  constant,  ///< the default everywhere: there is no table
  nearest,   ///< of the nearest reflection
  tricubic,  ///< interpolated between reflections
};

/// The lookup of a crystal with or without a table of structure factors, between whose nodes is interpolated or not.
constexpr CellLookup cell_lookup(bool has_table, bool interpolate) {
  if (!has_table) return CellLookup::constant;
  return interpolate ? CellLookup::tricubic : CellLookup::nearest;
}

/// How solid angle, polarisation and absorption weight the terms of a pixel (kernel/weighting.hpp).
enum class TermWeighting {
  first_value,  ///< one value of each multiplies the whole sum: `compat`
  compounding,  ///< some multiply the running sum after every term: `compat` with an oversample_* flag
  per_term,     ///< every term has its own: `corrected`
};

}  // namespace nbk
