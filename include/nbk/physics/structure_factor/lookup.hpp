// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/structure_factor/table.hpp"

#include <concepts>

namespace nbk {

/// A way to find structure factors: a stateless type with
/// - `State<V, L>`: memory between evaluations of one pack,
/// - `static constexpr bool needs_exact_index`: true if the last bit of an index may choose another reflection,
/// - `intensity<V, L>(table, state, hkl, nearest)`: F^2, electrons^2. `hkl` are the fractional and `nearest` the whole
///   Miller indices, in the geometry's number or pack V; L is the number or pack of the result.
template <class Lookup>
concept StructureFactorLookup = std::same_as<const bool, decltype(Lookup::needs_exact_index)> &&
    requires(const physics::StructureFactorTable<double>& table, typename Lookup::template State<double, double>& state,
             const Vec3<double>& hkl) {
  { Lookup::template intensity<double, double>(table, state, hkl, hkl) } -> std::same_as<double>;
};

}  // namespace nbk
