// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/simd/pack_functions.hpp"

/// \file
/// Sums and products of floats together with their exact rounding errors (error-free transformations). They hold only
/// if every operation is rounded by itself. Compilers may fuse a product with a sum that uses it: g++ and the device
/// compilers do so by default, across functions. With -ffast-math they may reassociate. `unfused` and the three
/// operations below forbid both. Source: Dekker, Numer. Math. 18 (1971) 224; Knuth, The Art of Computer Programming 2,
/// 4.2.2.

namespace nbk {

/// Returns the value. The compiler neither fuses nor reassociates its making with its use. Does nothing for classes.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V unfused(const V& value) {
  if constexpr (std::is_class_v<V>) {
    return value;
  } else {
    KOKKOS_IF_ON_HOST((return simd::unfused(value);))
    KOKKOS_IF_ON_DEVICE((return value;))
  }
}

// Three operations, each rounded by itself whatever made its operands. For the host's compilers that takes a fence that
// costs no instruction, for nvcc an intrinsic, for clang and other devices its pragma.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V rounded_sum(const V& a, const V& b) {
#if defined(__clang__)
#pragma clang fp contract(off)
#endif
#if defined(__CUDA_ARCH__)
  if constexpr (std::is_same_v<V, float>) {
    return __fadd_rn(a, b);
  } else if constexpr (std::is_same_v<V, double>) {
    return __dadd_rn(a, b);
  } else {
    return a + b;
  }
#elif defined(__HIP_DEVICE_COMPILE__) || defined(__SYCL_DEVICE_ONLY__)
  return a + b;
#else
  return unfused(a) + unfused(b);
#endif
}
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V rounded_difference(const V& a, const V& b) {
#if defined(__clang__)
#pragma clang fp contract(off)
#endif
#if defined(__CUDA_ARCH__)
  if constexpr (std::is_same_v<V, float>) {
    return __fsub_rn(a, b);
  } else if constexpr (std::is_same_v<V, double>) {
    return __dsub_rn(a, b);
  } else {
    return a - b;
  }
#elif defined(__HIP_DEVICE_COMPILE__) || defined(__SYCL_DEVICE_ONLY__)
  return a - b;
#else
  return unfused(a) - unfused(b);
#endif
}
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V rounded_product(const V& a, const V& b) {
#if defined(__clang__)
#pragma clang fp contract(off)
#endif
#if defined(__CUDA_ARCH__)
  if constexpr (std::is_same_v<V, float>) {
    return __fmul_rn(a, b);
  } else if constexpr (std::is_same_v<V, double>) {
    return __dmul_rn(a, b);
  } else {
    return a * b;
  }
#elif defined(__HIP_DEVICE_COMPILE__) || defined(__SYCL_DEVICE_ONLY__)
  return a * b;
#else
  return unfused(a * b);
#endif
}

namespace detail {

/// Applies `op` to the registers of two packs as the compiler's own vectors.
template <class Op, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<float, W> map_vectors(Op op, const Pack<float, W>& a, const Pack<float, W>& b) {
  return map(
      [=](const auto& x, const auto& y) { return simd::Register<float>(op(simd::vector_of(x), simd::vector_of(y))); },
      a, b);
}

}  // namespace detail

template <int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<float, W> rounded_sum(const Pack<float, W>& a, const Pack<float, W>& b) {
  return detail::map_vectors([](const auto& x, const auto& y) { return rounded_sum(x, y); }, a, b);
}
template <int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<float, W> rounded_difference(const Pack<float, W>& a, const Pack<float, W>& b) {
  return detail::map_vectors([](const auto& x, const auto& y) { return rounded_difference(x, y); }, a, b);
}
template <int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<float, W> rounded_product(const Pack<float, W>& a, const Pack<float, W>& b) {
  return detail::map_vectors([](const auto& x, const auto& y) { return rounded_product(x, y); }, a, b);
}

/// Returns a b - c with one rounding.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V fma_minus(const V& a, const V& b, const V& c) {
  return fma(a, b, -c);
}
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> fma_minus(const Pack<T, W>& a, const Pack<T, W>& b, const Pack<T, W>& c) {
  return detail::map(simd::op::FmaMinus{}, a, b, c);
}

/// Rounded result and its error: value + error is exact.
template <class V>
struct Rounded {
  V value, error;
};

/// Returns a + b, for any a and b.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION Rounded<V> two_sum(const V& a, const V& b) {
  const V sum = rounded_sum(a, b);
  const V of_a = rounded_difference(sum, b);
  const V of_b = rounded_difference(sum, of_a);
  return {sum, rounded_sum(rounded_difference(a, of_a), rounded_difference(b, of_b))};
}

/// Returns a - b, for any a and b.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION Rounded<V> two_difference(const V& a, const V& b) {
  const V difference = rounded_difference(a, b);
  const V of_a = rounded_sum(difference, b);
  const V of_b = rounded_difference(of_a, difference);
  return {difference, rounded_difference(rounded_difference(a, of_a), rounded_difference(b, of_b))};
}

/// Returns a + b if |a| >= |b|, or if a is a multiple of b's last place.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION Rounded<V> quick_two_sum(const V& a, const V& b) {
  const V sum = rounded_sum(a, b);
  return {sum, rounded_difference(b, rounded_difference(sum, a))};
}

/// Returns a b, exact unless its error is below 2^-149.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION Rounded<V> two_product(const V& a, const V& b) {
  const V product = rounded_product(a, b);
  return {product, fma_minus(a, b, product)};
}

}  // namespace nbk
