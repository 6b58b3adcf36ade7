// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/simd/isa.hpp"
#include "nbk/simd/register.hpp"

#include <cmath>
#include <cstddef>
#include <type_traits>

namespace nbk::simd {
inline namespace NBK_ISA {

/// The value itself; what made it is neither fused nor reassociated with what uses it. Costs no instruction.
template <class T>
inline T unfused(T value) {
#if defined(__GNUC__) && !defined(__clang__) && !defined(__CUDACC__)  // nvcc's front end does not know it
  return __builtin_assoc_barrier(value);
#elif defined(__AVX512F__)
  asm("" : "+v"(value));
  return value;
#elif defined(__x86_64__)
  asm("" : "+x"(value));
  return value;
#elif defined(__aarch64__)
  asm("" : "+w"(value));
  return value;
#else
  volatile T stored = value;
  return stored;
#endif
}

/// Content of a register, in the compiler's own type.
template <class R>
struct VectorOf {
  using type = typename R::value_type;  // one lane
};
#if defined(NBK_SIMD_AVX512)
template <>
struct VectorOf<Register<float>> {
  using type = __m512;
};
#elif defined(NBK_SIMD_AVX2)
template <>
struct VectorOf<Register<float>> {
  using type = __m256;
};
#elif defined(NBK_SIMD_NEON)
template <>
struct VectorOf<Register<float>> {
  using type = float32x4_t;
};
#endif
template <class R>
typename VectorOf<R>::type vector_of(const R& r) {
  return static_cast<typename VectorOf<R>::type>(r);
}

/// True where 1 / sqrt(a) costs less than a square root.
#if defined(NBK_SIMD_AVX512)
inline constexpr bool has_reciprocal_sqrt = true;
#else
inline constexpr bool has_reciprocal_sqrt = false;
#endif

// Operations on one register, as host-only function objects so that a pack can apply any of them to all its registers.
namespace op {

struct Add {
  template <class R>
  R operator()(const R& a, const R& b) const {
    return a + b;
  }
};
struct Sub {
  template <class R>
  R operator()(const R& a, const R& b) const {
    return a - b;
  }
};
struct Mul {
  template <class R>
  R operator()(const R& a, const R& b) const {
    return a * b;
  }
};
struct Div {
  template <class R>
  R operator()(const R& a, const R& b) const {
    return a / b;
  }
};
struct Fma {
  template <class R>
  R operator()(const R& a, const R& b, const R& c) const {
    return Kokkos::fma(a, b, c);
  }
};
/// a b - c with one rounding.
struct FmaMinus {
  template <class R>
  R operator()(const R& a, const R& b, const R& c) const {
#if defined(NBK_SIMD_AVX512)
    if constexpr (std::is_same_v<R, Register<float>>)
      return R(_mm512_fmsub_ps(static_cast<__m512>(a), static_cast<__m512>(b), static_cast<__m512>(c)));
    if constexpr (std::is_same_v<R, Register<double>>)
      return R(_mm512_fmsub_pd(static_cast<__m512d>(a), static_cast<__m512d>(b), static_cast<__m512d>(c)));
#elif defined(NBK_SIMD_AVX2)
    if constexpr (std::is_same_v<R, Register<float>>)
      return R(_mm256_fmsub_ps(static_cast<__m256>(a), static_cast<__m256>(b), static_cast<__m256>(c)));
    if constexpr (std::is_same_v<R, Register<double>>)
      return R(_mm256_fmsub_pd(static_cast<__m256d>(a), static_cast<__m256d>(b), static_cast<__m256d>(c)));
#endif
    return Kokkos::fma(a, b, -c);
  }
};
struct Sqrt {
  template <class R>
  R operator()(const R& a) const {
    return Kokkos::sqrt(a);
  }
};
struct Abs {
  template <class R>
  R operator()(const R& a) const {
    return Kokkos::abs(a);
  }
};
struct Min {
  template <class R>
  R operator()(const R& a, const R& b) const {
    return Kokkos::min(a, b);
  }
};
struct Max {
  template <class R>
  R operator()(const R& a, const R& b) const {
    return Kokkos::max(a, b);
  }
};
struct Round {  // ties may go either way
  template <class R>
  R operator()(const R& a) const {
    return Kokkos::round(a);
  }
};
struct Floor {
  template <class R>
  R operator()(const R& a) const {
    return Kokkos::floor(a);
  }
};
struct Ceil {
  template <class R>
  R operator()(const R& a) const {
    return Kokkos::ceil(a);
  }
};
struct Less {
  template <class R>
  auto operator()(const R& a, const R& b) const {
    return a < b;
  }
};
struct LessEqual {
  template <class R>
  auto operator()(const R& a, const R& b) const {
    return a <= b;
  }
};
struct Equal {
  template <class R>
  auto operator()(const R& a, const R& b) const {
    return a == b;
  }
};
struct And {
  template <class M>
  M operator()(const M& a, const M& b) const {
    return a && b;
  }
};
struct Or {
  template <class M>
  M operator()(const M& a, const M& b) const {
    return a || b;
  }
};
struct Not {
  template <class M>
  M operator()(const M& a) const {
    return !a;
  }
};
struct Select {
  template <class M, class R>
  R operator()(const M& mask, const R& a, const R& b) const {
    return Kokkos::Experimental::condition(mask, a, b);
  }
};
/// 1 / sqrt(a), correct to 2 ulp. With AVX2 the division beside a square root costs nothing: a unit of its own does
/// both while the others multiply.
struct ReciprocalSqrt {
  template <class R>
  R operator()(const R& a) const {
#if defined(NBK_SIMD_AVX512)
    // The estimate's relative error is below 2^-14; every step squares it.
    if constexpr (std::is_same_v<R, Register<float>>) {
      return corrected(a, R(_mm512_rsqrt14_ps(static_cast<__m512>(a))));
    } else {
      return corrected(a, corrected(a, R(_mm512_rsqrt14_pd(static_cast<__m512d>(a)))));
    }
#else
    return R(1) / Kokkos::sqrt(a);
#endif
  }

 private:
  template <class R>
  static R corrected(const R& a, const R& estimate) {
    using T = typename R::value_type;
    const R residual = Kokkos::fma(a * estimate, R(T(0)) - estimate, R(T(1)));  // 1 - a e^2
    return Kokkos::fma(R(T(0.5)) * estimate, residual, estimate);
  }
};

/// a 2^n for whole n; 2^n must be a normal number.
struct ScaleByPowerOf2 {
  template <class R>
  R operator()(const R& a, const R& n) const {
#if defined(NBK_SIMD_AVX512) || defined(NBK_SIMD_AVX2)
    return times_power_of_2(a, n);
#else
    using T = typename R::value_type;
    constexpr int lanes = native_lanes<T>;
    alignas(64) T value[static_cast<std::size_t>(lanes)], power[static_cast<std::size_t>(lanes)];
    store_register(a, static_cast<T*>(value));
    store_register(n, static_cast<T*>(power));
    for (int i = 0; i < lanes; ++i) value[i] = std::ldexp(value[i], static_cast<int>(power[i]));
    return load_register(static_cast<const T*>(value));
#endif
  }
};

}  // namespace op

}  // namespace NBK_ISA
}  // namespace nbk::simd
