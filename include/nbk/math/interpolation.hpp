// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/simd/pack_functions.hpp"
#include "nbk/simd/quad.hpp"

#include <cstddef>

namespace nbk {

/// Weights of the nodes -1, 0, 1, 2 in the cubic Lagrange polynomial at x, 0 <= x <= 1.
template <class V>
struct CubicWeights {
  V w[4];

  KOKKOS_FORCEINLINE_FUNCTION explicit CubicWeights(const V& x) {
    using T = scalar_t<V>;
    const V below = x + T(1);
    const V above = x - T(1);
    const V beyond = x - T(2);
    w[0] = x * above * beyond * T(-1.0 / 6);
    w[1] = below * above * beyond * T(0.5);
    w[2] = below * x * beyond * T(-0.5);
    w[3] = below * x * above * T(1.0 / 6);
  }
};

/// Returns the tensor product of cubic Lagrange interpolations over the 4 x 4 x 4 values that begin at `corner`. The
/// first and second index advance by the given strides, the third by 1. The sum over the third comes last.
template <class V>
KOKKOS_INLINE_FUNCTION V tricubic(const scalar_t<V>* corner, std::ptrdiff_t stride_first, std::ptrdiff_t stride_second,
                                  const CubicWeights<V>& first, const CubicWeights<V>& second,
                                  const CubicWeights<V>& third) {
  const V zero(scalar_t<V>(0));
  V line[4] = {zero, zero, zero, zero};
  for (int i = 0; i < 4; ++i) {
    V inner[4] = {zero, zero, zero, zero};
    for (int j = 0; j < 4; ++j) {
      const scalar_t<V>* value = corner + i * stride_first + j * stride_second;
      for (int k = 0; k < 4; ++k) inner[k] = fma(second.w[j], value[k], inner[k]);
    }
    for (int k = 0; k < 4; ++k) line[k] = fma(first.w[i], inner[k], line[k]);
  }
  V sum = zero;
  for (int k = 0; k < 4; ++k) sum = fma(third.w[k], line[k], sum);
  return sum;
}

/// Interpolates every lane at a corner of its own, corners[lane], with the same bits as tricubic(). A line of four
/// values is one register here, because the lanes' lines lie apart. Host only.
template <class T, int W>
void tricubic_lanes(const T* const* corners, std::ptrdiff_t stride_first, std::ptrdiff_t stride_second,
                    const CubicWeights<Pack<T, W>>& first, const CubicWeights<Pack<T, W>>& second,
                    const CubicWeights<Pack<T, W>>& third, T* values) {
  using simd::Quad;
  T weights[static_cast<std::size_t>(8 * W)];  // of all lanes, in the first direction, then in the second
  T lines[static_cast<std::size_t>(W)][4];
  for (int i = 0; i < 4; ++i) {
    store(first.w[i], static_cast<T*>(weights) + i * W);
    store(second.w[i], static_cast<T*>(weights) + (4 + i) * W);
  }
  for (int lane = 0; lane < W; ++lane) {
    const T* const w = static_cast<const T*>(weights) + lane;
    Quad<T> sum = Quad<T>::zero();
    for (int i = 0; i < 4; ++i) {
      const T* const row = corners[lane] + i * stride_first;
      Quad<T> inner = Quad<T>::zero();
      for (int j = 0; j < 4; ++j) inner.add(w[(4 + j) * W], Quad<T>(row + j * stride_second));
      sum.add(w[i * W], inner);
    }
    sum.store(static_cast<T*>(lines[lane]));
  }
  Pack<T, W> total(T(0));
  for (int k = 0; k < 4; ++k) {
    T column[static_cast<std::size_t>(W)];
    for (int lane = 0; lane < W; ++lane) column[lane] = lines[lane][k];
    total = fma(third.w[k], load<Pack<T, W>>(static_cast<const T*>(column)), total);
  }
  store(total, values);
}

/// The same for packs of other numbers, a node of all lanes at a time.
template <class V>
void tricubic_lanes(const scalar_t<V>* const* corners, std::ptrdiff_t stride_first, std::ptrdiff_t stride_second,
                    const CubicWeights<V>& first, const CubicWeights<V>& second, const CubicWeights<V>& third,
                    scalar_t<V>* values) {
  using T = scalar_t<V>;
  constexpr int width = PackTraits<V>::width;
  const auto node = [&](std::ptrdiff_t offset) {
    T lane[static_cast<std::size_t>(width)];
    for (int i = 0; i < width; ++i) lane[i] = corners[i][offset];
    return load<V>(static_cast<const T*>(lane));
  };
  V total(T(0));
  for (int k = 0; k < 4; ++k) {
    V line(T(0));
    for (int i = 0; i < 4; ++i) {
      V inner(T(0));
      for (int j = 0; j < 4; ++j) inner = fma(second.w[j], node(i * stride_first + j * stride_second + k), inner);
      line = fma(first.w[i], inner, line);
    }
    total = fma(third.w[k], line, total);
  }
  store(total, values);
}

}  // namespace nbk
