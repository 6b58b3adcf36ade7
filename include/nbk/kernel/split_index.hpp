// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/error_free.hpp"
#include "nbk/physics/scattering.hpp"
#include "nbk/simd/isa.hpp"

#include <type_traits>

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

/// An index of one of several wavelengths, not multiplied yet.
template <class Geometry>
struct ScaledIndex {
  const Geometry& scaled;  ///< index times the wavelength
  scalar_t<Geometry> inverse_wavelength;
};

/// The same as IndicesOfOrientation for one of several wavelengths.
template <class Geometry>
struct IndicesOfWavelength {
  const Vec3<Geometry>& scaled;  ///< indices times the wavelength
  scalar_t<Geometry> inverse_wavelength;

  KOKKOS_FORCEINLINE_FUNCTION ScaledIndex<Geometry> h() const { return {scaled.x, inverse_wavelength}; }
  KOKKOS_FORCEINLINE_FUNCTION ScaledIndex<Geometry> k() const { return {scaled.y, inverse_wavelength}; }
  KOKKOS_FORCEINLINE_FUNCTION ScaledIndex<Geometry> l() const { return {scaled.z, inverse_wavelength}; }
};

/// An index split into the nearest whole one and the rest.
template <class Geometry, class Lattice>
struct SplitIndex {
  Geometry value, nearest;
  Lattice rest;
};

/// Returns the nearest whole number of an index; exact halves may go either way. In Mixed a device adds 1.5 2^52, where
/// doubles have no fraction, and subtracts it again: conversions, of which rounding is one, are what its kernels wait
/// for. Indices are less than 2^31.
template <class Lattice, class Geometry>
KOKKOS_FORCEINLINE_FUNCTION Geometry nearest_whole(const Geometry& index) {
  if constexpr (std::is_same_v<Geometry, double> && std::is_same_v<Lattice, float>) {
    constexpr double shift = 6755399441055744.0;
    KOKKOS_IF_ON_DEVICE((return rounded_difference(rounded_sum(index, shift), shift);))
    KOKKOS_IF_ON_HOST(((void)shift; return round_any(index);))
  } else {
    return round_any(index);
  }
}

/// Splits an index.
/// \tparam Exact  exact halves go down; else either way, which is faster
template <bool Exact, class Lattice, class Geometry>
KOKKOS_FORCEINLINE_FUNCTION SplitIndex<Geometry, Lattice> split_index(const Geometry& index) {
  if constexpr (Exact) {
    const Geometry nearest = physics::nearest_index(index);
    return {index, nearest, difference_from_whole<Lattice>(index, nearest)};
  } else {
    const Geometry nearest = nearest_whole<Lattice>(index);
    return {index, nearest, difference_from_whole<Lattice>(index, nearest)};
  }
}

/// Returns scaled * inverse - whole, with one rounding before that to the lattice's numbers.
template <class Lattice, class Geometry>
KOKKOS_FORCEINLINE_FUNCTION Lattice rest_of_scaled(const Geometry& scaled, scalar_t<Geometry> inverse,
                                                   const Geometry& whole) {
  if constexpr (std::is_arithmetic_v<scalar_t<Geometry>>) {
    return convert<Lattice>(fma_minus(scaled, Geometry(inverse), whole));
  } else {
    return difference_from_whole<Lattice>(scaled * inverse, whole);
  }
}

/// Returns an index that is a product.
template <class Geometry>
KOKKOS_FORCEINLINE_FUNCTION Geometry product_of(const ScaledIndex<Geometry>& index) {
  if constexpr (std::is_arithmetic_v<scalar_t<Geometry>>) {
    // nothing is fused with the product
    return fma(index.scaled, Geometry(index.inverse_wavelength), Geometry(scalar_t<Geometry>(0)));
  } else {
    return index.scaled * index.inverse_wavelength;
  }
}

/// Splits an index that is a product. The multiply-adds are written out: left to a compiler, they would be fused in one
/// kernel and not in another, whose last bits then differ. The rest is more exact, too: the index is not rounded
/// before.
template <bool Exact, class Lattice, class Geometry>
KOKKOS_FORCEINLINE_FUNCTION SplitIndex<Geometry, Lattice> split_index(const ScaledIndex<Geometry>& index) {
  if constexpr (std::is_arithmetic_v<scalar_t<Geometry>>) {
    using Number = scalar_t<Geometry>;
    const Geometry inverse(index.inverse_wavelength);
    const Geometry value = product_of(index);
    Geometry nearest;
    if constexpr (Exact) {
      nearest = ceil(fma_minus(index.scaled, inverse, Geometry(Number(0.5))));  // exact halves down
    } else {
      nearest = nearest_whole<Lattice>(index.scaled * inverse);
    }
    return {value, nearest, rest_of_scaled<Lattice>(index.scaled, index.inverse_wavelength, nearest)};
  } else {
    return split_index<Exact, Lattice>(index.scaled * index.inverse_wavelength);
  }
}

}  // namespace NBK_ISA
}  // namespace nbk::kernel
