// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/cell.hpp"
#include "nbk/physics/lattice.hpp"

#include <concepts>
#include <type_traits>

/// \file
/// What the types are that a kernel is put together from.

namespace nbk {

/// A lattice shape: an empty type with
/// - `static constexpr bool compact`: whether its factor is exactly 0 away from the spots, so that most terms can be
/// left
///   out,
/// - `template <class V> static V intensity(const physics::LatticeParameters<scalar_t<V>>& p, const Vec3<V>& delta)`,
///   marked KOKKOS_INLINE_FUNCTION: |F_latt|^2, dimensionless, of the Miller indices less the nearest whole ones,
///   |delta| <= 1/2 in each component; V is a number or a pack of numbers, one for each pixel.
template <class Shape>
concept LatticeFactor = std::is_empty_v<Shape> && std::same_as<const bool, decltype(Shape::compact)> &&
    requires(const physics::LatticeParameters<double>& p, const Vec3<double>& delta,
             const physics::LatticeParameters<float>& p_float, const Vec3<float>& delta_float) {
  { Shape::intensity(p, delta) } -> std::same_as<double>;
  { Shape::intensity(p_float, delta_float) } -> std::same_as<float>;
};

/// How structure factors are found: a stateless type as physics/cell.hpp describes it.
template <class Lookup>
concept StructureFactorLookup = std::same_as<const bool, decltype(Lookup::needs_exact_index)> &&
    requires(const physics::StructureFactorTable<double>& table, typename Lookup::template State<double, double>& state,
             const Vec3<double>& hkl) {
  { Lookup::template intensity<double, double>(table, state, hkl, hkl) } -> std::same_as<double>;
};

}  // namespace nbk
