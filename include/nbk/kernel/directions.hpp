// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/setup/tables.hpp"
#include "nbk/simd/isa.hpp"

namespace nbk::kernel {
inline namespace NBK_ISA {

/// One evaluation: the squared lattice factor and the squared structure factor of one sample of one orientation.
template <class L>
struct Term {
  L lattice, cell;
  bool empty = false;  ///< the lattice factor is 0 in all lanes
};

/// Number types of one pack: V<G> for the geometry, V<L> for the lattice, V<A> for the sums.
template <class PrecisionT, int Width>
struct Packs {
  using G = pack_t<typename PrecisionT::Geometry, Width>;
  using L = pack_t<typename PrecisionT::Lattice, Width>;
  using A = pack_t<typename PrecisionT::Accumulate, Width>;
};

/// Fractional Miller indices, each computed when it is asked for: most evaluations of a compact shape need only the
/// first.
template <class G>
struct IndicesOfOrientation {
  const physics::CellAxes<scalar_t<G>>& cell;
  const Vec3<G>& q;  ///< 1/Angstrom

  KOKKOS_FORCEINLINE_FUNCTION G h() const { return physics::along(cell.a, q); }
  KOKKOS_FORCEINLINE_FUNCTION G k() const { return physics::along(cell.b, q); }
  KOKKOS_FORCEINLINE_FUNCTION G l() const { return physics::along(cell.c, q); }
};

/// The same for one of several wavelengths.
template <class G>
struct IndicesOfWavelength {
  const Vec3<G>& scaled;  ///< indices times the wavelength
  scalar_t<G> inverse_wavelength;

  KOKKOS_FORCEINLINE_FUNCTION G h() const { return scaled.x * inverse_wavelength; }
  KOKKOS_FORCEINLINE_FUNCTION G k() const { return scaled.y * inverse_wavelength; }
  KOKKOS_FORCEINLINE_FUNCTION G l() const { return scaled.z * inverse_wavelength; }
};

/// An index split into the nearest whole one and the rest.
template <class G, class L>
struct SplitIndex {
  G value, nearest;
  L rest;
};

/// \tparam Exact  halves round as in the C program; a constant F in float does not care
template <bool Exact, class L, class G>
KOKKOS_FORCEINLINE_FUNCTION SplitIndex<G, L> split_index(const G& h) {
  if constexpr (Exact) {
    const G nearest = physics::nearest_index(h);
    return {h, nearest, difference_from_whole<L>(h, nearest)};
  } else {
    const G nearest = round_any(h);
    return {h, nearest, difference_from_whole<L>(h, nearest)};
  }
}

/// |F_cell|^2 and |F_latt|^2 of the spot that the indices are in.
template <class Shape, class Cell, class Types, class P, class State, class Indices>
KOKKOS_FORCEINLINE_FUNCTION Term<typename Types::L> evaluate(const Tables<P>& t, State& state, const Indices& indices) {
  using G = typename Types::G;
  using L = typename Types::L;
  constexpr bool exact = Cell::needs_exact_index || rounds_as_double<scalar_t<G>>;
  const L zero(scalar_t<L>(0));
  const auto h = split_index<exact, L>(indices.h());
  if constexpr (Shape::compact) {
    if (!any(abs(h.rest) <= L(t.lattice.reach.x))) return {zero, zero, true};
  }
  const auto k = split_index<exact, L>(indices.k());
  if constexpr (Shape::compact) {
    if (!any(abs(h.rest) <= L(t.lattice.reach.x) && abs(k.rest) <= L(t.lattice.reach.y))) return {zero, zero, true};
  }
  const auto l = split_index<exact, L>(indices.l());
  const L lattice = Shape::intensity(t.lattice, Vec3<L>{h.rest, k.rest, l.rest});
  if constexpr (Shape::compact) {
    if (!any(zero < lattice)) return {zero, zero, true};
  }
  return {lattice, Cell::template intensity<G, L>(t.structure_factors, state, Vec3<G>{h.value, k.value, l.value},
                                                  Vec3<G>{h.nearest, k.nearest, l.nearest})};
}

}  // namespace NBK_ISA
}  // namespace nbk::kernel
