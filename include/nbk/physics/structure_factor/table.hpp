// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/vec3.hpp"
#include "nbk/math/elementary.hpp"

#include <cstddef>

namespace nbk::physics {

/// Structure factors on a dense grid of Miller indices. One more plane on every side holds the default, so that an
/// index outside of the box is moved onto that border and needs no test.
template <class T>
struct StructureFactorTable {
  const T* amplitude = nullptr;                  ///< [h][k][l] of one set, electrons; nullptr: no table
  int h_border = 0, k_border = 0, l_border = 0;  ///< indices of the lower border planes (h_min - 1, ...)
  int h_count = 0, k_count = 0, l_count = 0;     ///< planes, borders included
  T default_amplitude = 0;                       ///< of the border and where there is no table, electrons
  T default_intensity = 0;                       ///< |F|^2 of the default
  bool intensities = false;                      ///< true: all of these are intensities, electrons^2
  int sets = 1;                                  ///< of different energies, with the same ranges
  int step = 1;                                  ///< from one reflection to the next along l
  std::ptrdiff_t step_of_set = 0;                ///< from a reflection to that of the next set

  KOKKOS_FORCEINLINE_FUNCTION T at(int h, int k, int l, std::ptrdiff_t set_offset = 0) const {
    return amplitude[offset(h, k, l) * step + set_offset];
  }

  /// |F|^2 of an entry.
  template <class V>
  KOKKOS_FORCEINLINE_FUNCTION V squared(const V& entry) const {
    return intensities ? entry : entry * entry;
  }

  /// |F|^2 of a reflection that may be outside of the table, which has one.
  KOKKOS_FORCEINLINE_FUNCTION T intensity_of(int h, int k, int l, std::ptrdiff_t set_offset) const {
    if (amplitude == nullptr) return default_intensity;
    const auto inside = [](int i, int border, int count) {
      return i < border ? border : i < border + count ? i : border + count - 1;
    };
    return squared(
        at(inside(h, h_border, h_count), inside(k, k_border, k_count), inside(l, l_border, l_count), set_offset));
  }

  KOKKOS_FORCEINLINE_FUNCTION std::ptrdiff_t offset(int h, int k, int l) const {
    return (static_cast<std::ptrdiff_t>(h - h_border) * k_count + (k - k_border)) * l_count + (l - l_border);
  }
};

/// Whole indices moved into the table's box and its border.
template <class V, class T>
KOKKOS_FORCEINLINE_FUNCTION Vec3<V> clamp_to_border(const StructureFactorTable<T>& t, const Vec3<V>& hkl) {
  using S = scalar_t<V>;
  const auto clamp = [](const V& i, int border, int count) {
    return min(max(i, V(static_cast<S>(border))), V(static_cast<S>(border + count - 1)));
  };
  return {clamp(hkl.x, t.h_border, t.h_count), clamp(hkl.y, t.k_border, t.k_count),
          clamp(hkl.z, t.l_border, t.l_count)};
}

/// F of each lane's own reflection, read one lane after the other. The indices must be inside of box and border.
/// \param set_offset  of the set's entries from those of set 0
template <class L, class V>
KOKKOS_FORCEINLINE_FUNCTION L gather_amplitudes(const StructureFactorTable<scalar_t<L>>& t, const Vec3<V>& hkl,
                                                std::ptrdiff_t set_offset) {
  using S = scalar_t<V>;
  constexpr int width = PackTraits<V>::width;
  S h[static_cast<std::size_t>(width)], k[static_cast<std::size_t>(width)], l[static_cast<std::size_t>(width)];
  scalar_t<L> f[static_cast<std::size_t>(width)];
  store(hkl.x, static_cast<S*>(h));
  store(hkl.y, static_cast<S*>(k));
  store(hkl.z, static_cast<S*>(l));
  for (int i = 0; i < width; ++i)
    f[i] = t.at(static_cast<int>(h[i]), static_cast<int>(k[i]), static_cast<int>(l[i]), set_offset);
  return load<L>(static_cast<const scalar_t<L>*>(f));
}

}  // namespace nbk::physics
