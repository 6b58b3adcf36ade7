// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/simd/pack_functions.hpp"

#include <cstddef>

namespace nbk {

/// Returns the smallest of all lanes. Where a lane is not a number, the result may be any.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION scalar_t<V> least_lane(const V& value) {
  constexpr auto width = static_cast<std::size_t>(PackTraits<V>::width);
  if constexpr (width == 1) {
    return value;
  } else {
    scalar_t<V> lane[width];
    store(value, static_cast<scalar_t<V>*>(lane));
    for (std::size_t half = width / 2; half > 0; half /= 2) {
      for (std::size_t i = 0; i < half; ++i) lane[i] = min(lane[i], lane[i + half]);
    }
    return lane[0];
  }
}
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION T least_lane(const Pack<T, W>& value) {
  T least{};
  KOKKOS_IF_ON_HOST((auto all = value.part[0];
                     for (int i = 1; i < Pack<T, W>::registers; ++i) all = simd::op::Min{}(all, value.part[i]);
                     least = simd::least_lane<T>(all);))
  KOKKOS_IF_ON_DEVICE(((void)value;))
  return least;
}

/// Returns the largest of all lanes, as least_lane().
template <class V>
KOKKOS_FORCEINLINE_FUNCTION scalar_t<V> most_lane(const V& value) {
  return -least_lane(-value);
}

}  // namespace nbk
