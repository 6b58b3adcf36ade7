// SPDX-License-Identifier: MIT
#pragma once

namespace nbk {

/// Way to find the structure factor of a unit cell; launch/dispatch.hpp turns it into a type.
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

}  // namespace nbk
