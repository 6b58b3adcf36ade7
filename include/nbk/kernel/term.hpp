// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/plan/tables.hpp"
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

/// \tparam Exact  halves round as in the C program
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

}  // namespace NBK_ISA
}  // namespace nbk::kernel
