// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/elementary.hpp"

#include <Kokkos_Core.hpp>

#include <cstddef>
#include <cstdint>

namespace nbk {

namespace detail {

/// Integer of a float or a double's size, the bits of the root of 1/2, and those of sign and exponent.
template <class T>
struct BinaryLayout;
template <>
struct BinaryLayout<float> {
  using Bits = std::int32_t;
  static constexpr Bits root_half = 0x3f3504f3, exponent = static_cast<Bits>(0xff800000U);
  static constexpr int fraction_bits = 23;
};
template <>
struct BinaryLayout<double> {
  using Bits = std::int64_t;
  static constexpr Bits root_half = 0x3fe6a09e667f3bcd, exponent = static_cast<Bits>(0xfff0000000000000U);
  static constexpr int fraction_bits = 52;
};

}  // namespace detail

/// Number as m 2^n, m from the root of 1/2 to the root of 2.
template <class V>
struct BinaryParts {
  V m, n;
};

/// Splits a positive normal number.
template <class T>
  requires std::is_floating_point_v<T> KOKKOS_FORCEINLINE_FUNCTION BinaryParts<T> split_binary(T x) {
    using Layout = detail::BinaryLayout<T>;
    const auto bits = Kokkos::bit_cast<typename Layout::Bits>(x);
    const auto shift = static_cast<typename Layout::Bits>((bits - Layout::root_half) & Layout::exponent);
    return {Kokkos::bit_cast<T>(static_cast<typename Layout::Bits>(bits - shift)),
            static_cast<T>(static_cast<std::int32_t>(shift >> Layout::fraction_bits))};
  }
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION BinaryParts<Pack<T, W>> split_binary(const Pack<T, W>& x) {
  constexpr auto lanes = static_cast<std::size_t>(W);
  T all[lanes] = {}, m[lanes] = {}, n[lanes] = {};
  store(x, all);
  for (std::size_t i = 0; i < lanes; ++i) {
    const BinaryParts<T> parts = split_binary(all[i]);
    m[i] = parts.m;
    n[i] = parts.n;
  }
  return {load<Pack<T, W>>(static_cast<const T*>(m)), load<Pack<T, W>>(static_cast<const T*>(n))};
}

/// Returns ln x for positive normal numbers, without a branch: x = m 2^n, ln m = 2 artanh((m - 1) / (m + 1)). Within
/// 2 ulp (float) or 1e-13 (double) of max(|ln x|, |x - 1|).
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V log_of_normal(const V& x) {
  using T = scalar_t<V>;
  const BinaryParts<V> parts = split_binary(x);
  const V s = (parts.m - T(1)) / (parts.m + T(1)), square = s * s;
  if constexpr (is_single<T>) {
    constexpr T c[] = {T(2), T(2) / 3, T(2) / 5, T(2) / 7, T(2) / 9};
    constexpr T high = T(0.693145752), low = T(1.42860677e-6);  // ln 2 in two pieces
    return fma(parts.n, V(high), fma(parts.n, V(low), s * polynomial(square, c)));
  } else {
    constexpr T c[] = {T(2), T(2) / 3, T(2) / 5, T(2) / 7, T(2) / 9, T(2) / 11, T(2) / 13, T(2) / 15, T(2) / 17};
    return fma(parts.n, V(T(0.69314718055994530942)), s * polynomial(square, c));
  }
}

}  // namespace nbk
