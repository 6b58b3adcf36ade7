// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/vec3.hpp"
#include "nbk/kernel/packs.hpp"
#include "nbk/physics/pixel_sums.hpp"

#include <type_traits>

/// \file
/// Two sets of physics::PixelSums, each of which has its kernel. A set is a stateless type.

namespace nbk::kernel {
inline namespace NBK_ISA {

/// The image, the strain and backgrounds: all that derivatives by the cell, its orientation, scale and background
/// need.
struct CrystalSums {
  static constexpr bool everything = false;                ///< true: all sums, not only the first
  static constexpr int count = physics::PixelSums::cells;  ///< sums, from the first place on
};

/// All sums.
struct AllSums {
  static constexpr bool everything = true;                 ///< see CrystalSums
  static constexpr int count = physics::PixelSums::count;  ///< see CrystalSums
};

/// No sums of pixels: every term goes to its reflection, for the derivatives by structure factors. For hosts.
struct ReflectionTerms {
  static constexpr bool everything = false;  ///< see CrystalSums
};

/// True for sets that are sums of pixels.
template <class Sums>
inline constexpr bool sums_pixels = !std::is_same_v<Sums, ReflectionTerms>;

/// Calls f(0), f(1), ... f(count - 1), on a device with constant numbers, so that what they select stays in registers.
/// \tparam Most  largest `count`
template <int Most, class F>
KOKKOS_FORCEINLINE_FUNCTION void for_first(int count, const F& f) {
  KOKKOS_IF_ON_HOST((for (int i = 0; i < count; ++i) f(i);))
  KOKKOS_IF_ON_DEVICE((for (int i = 0; i < Most; ++i) {
    if (i < count) f(i);
  }))
}

/// Sums over the orientations and wavelengths of one incident direction, for one pack of pixels, without the factors
/// that are the same for all of them: solid angle, absorption, polarisation.
/// \tparam Sums   CrystalSums or AllSums
/// \tparam Value  a pack of the lattice's numbers
template <class Sums, class Value>
struct SourceSums {
  Value energy;     ///< sum of w F^2 L
  Value strain[9];  ///< sum of v_i h_j, v = w (F^2 dL/dh + L d(F^2)/dh)

  /// Sets all sums to 0.
  KOKKOS_FORCEINLINE_FUNCTION void clear(int) {
    const Value zero(scalar_t<Value>(0));
    energy = zero;
    for (Value& sum : strain) sum = zero;
  }
};
template <class Value>
struct SourceSums<AllSums, Value> : SourceSums<CrystalSums, Value> {
  Value cells[6];                                ///< sum of w F^2 dL/dN
  Value wavelength;                              ///< sum of v.h / lambda, 1/Angstrom
  Vec3<Value> push;                              ///< sum of A v / lambda, A the columns of the orientation
  Value twist[physics::PixelSums::most_twists];  ///< sum of (d - i).((A v / lambda) x twist)

  KOKKOS_FORCEINLINE_FUNCTION void clear(int twists) {
    const Value zero(scalar_t<Value>(0));
    SourceSums<CrystalSums, Value>::clear(twists);
    for (Value& sum : cells) sum = zero;
    wavelength = zero;
    push = {zero, zero, zero};
    for_first<physics::PixelSums::most_twists>(twists, [&](int t) { twist[t] = zero; });
  }
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
