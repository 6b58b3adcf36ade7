// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/diffuse_intensity.hpp"
#include "nbk/physics/shape/lattice_factor.hpp"
#include "nbk/physics/structure_factor/lookup.hpp"

#include <concepts>
#include <type_traits>

namespace nbk {

namespace physics {

/// Bragg scattering: the spots of a crystal of one shape, with structure factors found in one way. A term of the image
/// is |F_latt|^2 |F_cell|^2; the two factors are asked for one after the other, since where the first is 0 the second
/// is not needed.
/// \tparam ShapeT   a LatticeFactor
/// \tparam LookupT  a StructureFactorLookup
template <LatticeFactor ShapeT, StructureFactorLookup LookupT>
struct Bragg {
  using Shape = ShapeT;    ///< see above
  using Lookup = LookupT;  ///< see above

  /// True where the lattice factor is exactly 0 away from the spots.
  static constexpr bool compact = Shape::compact;
  /// True where the rounding of an index to the nearest whole one matters at exact halves.
  static constexpr bool needs_exact_index = Lookup::needs_exact_index;
  /// True where the last bit of a direction in double can decide something: in the beam itself, where q is 0, for all
  /// but square crystals, and half-way between two structure factors.
  static constexpr bool needs_exact_direction = needs_exact_index || !std::is_same_v<Shape, Square>;

  /// Memory of one pack of pixels from term to term.
  template <class Indices, class Value>
  using State = typename Lookup::template State<Indices, Value>;

  /// |F_latt|^2, dimensionless.
  /// \param tables  has `lattice`, the LatticeParameters
  /// \param rest    the Miller indices less the nearest whole ones
  template <class TablesT, class Value>
  static KOKKOS_FORCEINLINE_FUNCTION Value lattice_factor_sqr(const TablesT& tables, const Vec3<Value>& rest) {
    return Shape::intensity(tables.lattice, rest);
  }

  /// |F_cell|^2, electrons^2.
  /// \param tables   has `structure_factors`, the StructureFactorTable
  /// \param state    of this pack of pixels
  /// \param hkl      the Miller indices; not read unless `needs_exact_index`
  /// \param nearest  the nearest whole ones; likewise
  template <class TablesT, class Indices, class Value>
  static KOKKOS_FORCEINLINE_FUNCTION Value structure_factor_sqr(const TablesT& tables, State<Indices, Value>& state,
                                                                const Vec3<Indices>& hkl,
                                                                const Vec3<Indices>& nearest) {
    return Lookup::template intensity<Indices, Value>(tables.structure_factors, state, hkl, nearest);
  }
};

}  // namespace physics

namespace detail {

/// Parameters that every scatterer reads.
struct ScattererTables {
  physics::LatticeParameters<double> lattice;               ///< of the crystal
  physics::StructureFactorTable<double> structure_factors;  ///< of the crystal
  const physics::DiffuseTable<double>* diffuse = nullptr;   ///< of the crystal; read by physics::WithDiffuse
};

}  // namespace detail

/// A scatterer: an empty type with the members of physics::Bragg. The one parameter of the kernels for it; a
/// scatterer may wrap another and add to its factors.
template <class T>
concept Scatterer = std::is_empty_v<T> && std::same_as<const bool, decltype(T::compact)> &&
    std::same_as<const bool, decltype(T::needs_exact_index)> &&
    std::same_as<const bool, decltype(T::needs_exact_direction)> &&
    requires(const detail::ScattererTables& tables, const Vec3<double>& indices,
             typename T::template State<double, double>& state) {
  { T::lattice_factor_sqr(tables, indices) } -> std::same_as<double>;
  {
    T::template structure_factor_sqr<detail::ScattererTables, double, double>(tables, state, indices, indices)
    } -> std::same_as<double>;
};

}  // namespace nbk
