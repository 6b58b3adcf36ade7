// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/scattering.hpp"
#include "nbk/simd/isa.hpp"

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Fractional Miller indices, each computed when it is asked for: most evaluations of a compact shape need only the
/// first.
template <class Geometry>
struct IndicesOfOrientation {
  const physics::CellAxes<scalar_t<Geometry>>& axes;
  const Vec3<Geometry>& q;  ///< 1/Angstrom

  KOKKOS_FORCEINLINE_FUNCTION Geometry h() const { return physics::along(axes.a, q); }
  KOKKOS_FORCEINLINE_FUNCTION Geometry k() const { return physics::along(axes.b, q); }
  KOKKOS_FORCEINLINE_FUNCTION Geometry l() const { return physics::along(axes.c, q); }
};

/// The same for one of several wavelengths.
template <class Geometry>
struct IndicesOfWavelength {
  const Vec3<Geometry>& scaled;  ///< indices times the wavelength
  scalar_t<Geometry> inverse_wavelength;

  KOKKOS_FORCEINLINE_FUNCTION Geometry h() const { return scaled.x * inverse_wavelength; }
  KOKKOS_FORCEINLINE_FUNCTION Geometry k() const { return scaled.y * inverse_wavelength; }
  KOKKOS_FORCEINLINE_FUNCTION Geometry l() const { return scaled.z * inverse_wavelength; }
};

/// An index split into the nearest whole one and the rest.
template <class Geometry, class Lattice>
struct SplitIndex {
  Geometry value, nearest;
  Lattice rest;
};

/// Splits an index.
/// \tparam Exact  exact halves go down; else either way, which is faster
template <bool Exact, class Lattice, class Geometry>
KOKKOS_FORCEINLINE_FUNCTION SplitIndex<Geometry, Lattice> split_index(const Geometry& index) {
  if constexpr (Exact) {
    const Geometry nearest = physics::nearest_index(index);
    return {index, nearest, difference_from_whole<Lattice>(index, nearest)};
  } else {
    const Geometry nearest = round_any(index);
    return {index, nearest, difference_from_whole<Lattice>(index, nearest)};
  }
}

}  // namespace NBK_ISA
}  // namespace nbk::kernel
