// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/interpolation.hpp"

#include <cstddef>

namespace nbk {

/// Derivatives of CubicWeights by x.
template <class V>
struct CubicWeightSlopes {
  V w[4];  ///< of the nodes -1, 0, 1, 2

  /// The derivatives at x, 0 <= x <= 1.
  KOKKOS_FORCEINLINE_FUNCTION explicit CubicWeightSlopes(const V& x) {
    using T = scalar_t<V>;
    w[0] = fma(fma(x, T(-0.5), V(T(1))), x, T(-1.0 / 3));
    w[1] = fma(fma(x, T(1.5), V(T(-2))), x, T(-0.5));
    w[2] = fma(fma(x, T(-1.5), V(T(1))), x, V(T(1)));
    w[3] = fma(x * T(0.5), x, T(-1.0 / 6));
  }
};

/// Weights of an interpolation in three directions and their derivatives.
template <class V>
struct TricubicWeights {
  CubicWeights<V> value[3];       ///< along the first, second and third index
  CubicWeightSlopes<V> slope[3];  ///< their derivatives

  /// The weights at the offsets x, y, z from the node 0 of each direction.
  KOKKOS_FORCEINLINE_FUNCTION TricubicWeights(const V& x, const V& y, const V& z)
      : value{CubicWeights<V>(x), CubicWeights<V>(y), CubicWeights<V>(z)},
        slope{CubicWeightSlopes<V>(x), CubicWeightSlopes<V>(y), CubicWeightSlopes<V>(z)} {}
};

/// An interpolated value and its derivatives by the three offsets.
template <class V>
struct TricubicSlopes {
  V value, first, second, third;
};

/// tricubic() and its derivatives, over the 4 x 4 x 4 values that begin at `corner`.
template <class V>
KOKKOS_INLINE_FUNCTION TricubicSlopes<V> tricubic_slopes(const scalar_t<V>* corner, std::ptrdiff_t stride_first,
                                                         std::ptrdiff_t stride_second,
                                                         const TricubicWeights<V>& weights) {
  const V zero(scalar_t<V>(0));
  TricubicSlopes<V> sum{zero, zero, zero, zero};
  for (int k = 0; k < 4; ++k) {
    V line = zero, by_first = zero, by_second = zero;
    for (int i = 0; i < 4; ++i) {
      const scalar_t<V>* value = corner + i * stride_first + k;
      V inner = zero, inner_slope = zero;
      for (int j = 0; j < 4; ++j) {
        inner = fma(weights.value[1].w[j], value[j * stride_second], inner);
        inner_slope = fma(weights.slope[1].w[j], value[j * stride_second], inner_slope);
      }
      line = fma(weights.value[0].w[i], inner, line);
      by_first = fma(weights.slope[0].w[i], inner, by_first);
      by_second = fma(weights.value[0].w[i], inner_slope, by_second);
    }
    sum.value = fma(weights.value[2].w[k], line, sum.value);
    sum.first = fma(weights.value[2].w[k], by_first, sum.first);
    sum.second = fma(weights.value[2].w[k], by_second, sum.second);
    sum.third = fma(weights.slope[2].w[k], line, sum.third);
  }
  return sum;
}

/// The same for packs whose lanes have a corner of their own, corners[lane]. Host only.
template <class T, int W>
TricubicSlopes<Pack<T, W>> tricubic_slopes_of_lanes(const T* const* corners, std::ptrdiff_t stride_first,
                                                    std::ptrdiff_t stride_second,
                                                    const TricubicWeights<Pack<T, W>>& weights) {
  using simd::Quad;
  using V = Pack<T, W>;
  constexpr auto width = static_cast<std::size_t>(W);
  T weight[16 * width];    // of all lanes: first, second, then their slopes
  T column[3][4 * width];  // [value, by first, by second][k][lane]
  for (int i = 0; i < 4; ++i) {
    store(weights.value[0].w[i], weight + i * W);
    store(weights.value[1].w[i], weight + (4 + i) * W);
    store(weights.slope[0].w[i], weight + (8 + i) * W);
    store(weights.slope[1].w[i], weight + (12 + i) * W);
  }
  for (int lane = 0; lane < W; ++lane) {
    const T* const w = static_cast<const T*>(weight) + lane;
    Quad<T> sums[3] = {Quad<T>::zero(), Quad<T>::zero(), Quad<T>::zero()};
    for (int i = 0; i < 4; ++i) {
      const T* const row = corners[lane] + i * stride_first;
      Quad<T> inner = Quad<T>::zero(), inner_slope = Quad<T>::zero();
      for (int j = 0; j < 4; ++j) {
        const Quad<T> line(row + j * stride_second);
        inner.add(w[(4 + j) * W], line);
        inner_slope.add(w[(12 + j) * W], line);
      }
      sums[0].add(w[i * W], inner);
      sums[1].add(w[(8 + i) * W], inner);
      sums[2].add(w[i * W], inner_slope);
    }
    for (int s = 0; s < 3; ++s) {
      T line[4];
      sums[s].store(static_cast<T*>(line));
      for (int k = 0; k < 4; ++k) column[s][k * W + lane] = line[k];
    }
  }
  TricubicSlopes<V> sum{V(T(0)), V(T(0)), V(T(0)), V(T(0))};
  for (int k = 0; k < 4; ++k) {
    const V line = load<V>(static_cast<const T*>(column[0]) + k * W);
    sum.value = fma(weights.value[2].w[k], line, sum.value);
    sum.first = fma(weights.value[2].w[k], load<V>(static_cast<const T*>(column[1]) + k * W), sum.first);
    sum.second = fma(weights.value[2].w[k], load<V>(static_cast<const T*>(column[2]) + k * W), sum.second);
    sum.third = fma(weights.slope[2].w[k], line, sum.third);
  }
  return sum;
}

}  // namespace nbk
