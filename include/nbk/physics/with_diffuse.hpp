// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/diffuse_intensity.hpp"
#include "nbk/physics/scatterer.hpp"

#include <cstddef>

namespace nbk::physics {

/// A scatterer without spots.
struct NoSpots {
  static constexpr bool compact = true;                 ///< see Bragg
  static constexpr bool needs_exact_index = false;      ///< see Bragg
  static constexpr bool needs_exact_direction = false;  ///< see Bragg

  /// Nothing has to be remembered.
  template <class Indices, class Value>
  struct State {};

  /// 0 everywhere.
  template <class TablesT, class Value>
  static KOKKOS_FORCEINLINE_FUNCTION Value lattice_factor_sqr(const TablesT&, const Vec3<Value>&) {
    return Value(scalar_t<Value>(0));
  }
  /// 0 everywhere.
  template <class TablesT, class Indices, class Value>
  static KOKKOS_FORCEINLINE_FUNCTION Value structure_factor_sqr(const TablesT&, State<Indices, Value>&,
                                                                const Vec3<Indices>&, const Vec3<Indices>&) {
    return Value(scalar_t<Value>(0));
  }
};

/// A scatterer with diffuse scattering about its spots. simulate() has the spots by a kernel of their own and those of
/// WithDiffuse<NoSpots> by another: the halos know neither the shape nor how F is interpolated, so that one kernel of a
/// precision serves all crystals (launch/simulate_diffuse.hpp).
/// \tparam Inner  a Scatterer
template <Scatterer Inner>
struct WithDiffuse {
  static constexpr bool compact = false;               ///< see Bragg
  static constexpr bool needs_exact_index = true;      ///< see Bragg
  static constexpr bool needs_exact_direction = true;  ///< see Bragg

  /// Memory of one pack of pixels.
  template <class Indices, class Value>
  struct State {
    typename Inner::template State<Indices, Value> inner;
    StencilState<Indices, Value> stencil;
    std::ptrdiff_t set_offset = 0;  ///< of the set's entries from those of set 0
  };

  /// 1: both factors of the spots are in structure_factor_sqr(), since halos are added to their product.
  template <class TablesT, class Value>
  static KOKKOS_FORCEINLINE_FUNCTION Value lattice_factor_sqr(const TablesT&, const Vec3<Value>&) {
    return Value(scalar_t<Value>(1));
  }

  /// |F_cell|^2 |F_latt|^2 of the inner scatterer, and the diffuse part.
  /// \param tables  also has `diffuse`, a pointer to the DiffuseTable
  template <class TablesT, class Indices, class Value>
  static KOKKOS_FORCEINLINE_FUNCTION Value structure_factor_sqr(const TablesT& tables, State<Indices, Value>& state,
                                                                const Vec3<Indices>& hkl,
                                                                const Vec3<Indices>& nearest) {
    if constexpr (requires { state.inner.set_offset; }) state.inner.set_offset = state.set_offset;
    state.stencil.set_offset = state.set_offset;
    const Vec3<Value> rest{difference_from_whole<Value>(hkl.x, nearest.x),
                           difference_from_whole<Value>(hkl.y, nearest.y),
                           difference_from_whole<Value>(hkl.z, nearest.z)};
    const Value spots =
        Inner::lattice_factor_sqr(tables, rest) *
        Inner::template structure_factor_sqr<TablesT, Indices, Value>(tables, state.inner, hkl, nearest);
    return spots + diffuse_intensity(*tables.diffuse, tables.structure_factors, state.stencil, nearest, rest);
  }
};

}  // namespace nbk::physics
