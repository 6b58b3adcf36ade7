// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/simd/isa.hpp"

// The one header that knows the names of Kokkos' SIMD types and functions. A generic Kokkos build has no instruction
// set configured, so the header of the one that the compiler targets is included by hand, in the order Kokkos_SIMD.hpp
// itself would use; Kokkos' own macros stay as they are.
//
// GCC 12 takes the undefined source of a masked intrinsic for a variable without a value, in its own header
// avx512fintrin.h: a consumer would get hundreds of warnings. Source: GCC bug 105593.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wuninitialized"
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#endif
#include <Kokkos_Core.hpp>
#include <Kokkos_SIMD_Common.hpp>
#include <Kokkos_SIMD_Scalar.hpp>
#if defined(NBK_SIMD_AVX512)
#include <Kokkos_SIMD_AVX512.hpp>
#elif defined(NBK_SIMD_AVX2)
#include <Kokkos_SIMD_AVX2.hpp>
#elif defined(NBK_SIMD_NEON)
#include <Kokkos_SIMD_NEON.hpp>
#endif
#include <Kokkos_SIMD.hpp>
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

#include <type_traits>

namespace nbk::simd {
inline namespace NBK_ISA {

namespace abi = Kokkos::Experimental::simd_abi;

/// The widest register of the instruction set this translation unit is compiled for.
template <class T>
struct Native;

#if defined(NBK_SIMD_AVX512)
template <>
struct Native<float> {
  using Abi = abi::avx512_fixed_size<16>;
  static constexpr int lanes = 16;
};
template <>
struct Native<double> {
  using Abi = abi::avx512_fixed_size<8>;
  static constexpr int lanes = 8;
};
#elif defined(NBK_SIMD_AVX2)
template <>
struct Native<float> {
  using Abi = abi::avx2_fixed_size<8>;
  static constexpr int lanes = 8;
};
template <>
struct Native<double> {
  using Abi = abi::avx2_fixed_size<4>;
  static constexpr int lanes = 4;
};
#elif defined(NBK_SIMD_NEON)
template <>
struct Native<float> {
  using Abi = abi::neon_fixed_size<4>;
  static constexpr int lanes = 4;
};
template <>
struct Native<double> {
  using Abi = abi::neon_fixed_size<2>;
  static constexpr int lanes = 2;
};
#else
template <class T>
struct Native {
  using Abi = abi::scalar;
  static constexpr int lanes = 1;
};
#endif

#if KOKKOS_VERSION >= 40600
template <class T>
using Register = Kokkos::Experimental::basic_simd<T, typename Native<T>::Abi>;
template <class T>
using RegisterMask = Kokkos::Experimental::basic_simd_mask<T, typename Native<T>::Abi>;
#endif

template <class T>
inline constexpr int native_lanes = Native<T>::lanes;

/// Registers that a thread has: with 32, all values of a pack of pixels stay in them on their way.
#if defined(NBK_SIMD_AVX512) || defined(NBK_SIMD_NEON)
inline constexpr int register_count = 32;
#else
inline constexpr int register_count = 16;
#endif

template <class T>
Register<T> load_register(const T* from) {
#if KOKKOS_VERSION >= 50000
  return Kokkos::Experimental::simd_unchecked_load<Register<T>>(from, Kokkos::Experimental::simd_flag_default);
#else
  Register<T> value;
  value.copy_from(from, Kokkos::Experimental::simd_flag_default);
  return value;
#endif
}

template <class T>
void store_register(const Register<T>& value, T* to) {
#if KOKKOS_VERSION >= 50000
  Kokkos::Experimental::simd_unchecked_store(value, to, Kokkos::Experimental::simd_flag_default);
#else
  value.copy_to(to, Kokkos::Experimental::simd_flag_default);
#endif
}

/// True if the mask is set in any lane. (Kokkos' own looks at one lane after the other.)
template <class M>
bool any_lane(const M& mask) {
#if defined(NBK_SIMD_AVX512)
  if constexpr (M::size() == 16) {
    return static_cast<__mmask16>(mask) != 0;
  } else {
    return static_cast<__mmask8>(mask) != 0;
  }
#elif defined(NBK_SIMD_AVX2)
  if constexpr (M::size() == 8) {
    return _mm256_movemask_ps(static_cast<__m256>(mask)) != 0;
  } else {
    return _mm256_movemask_pd(static_cast<__m256d>(mask)) != 0;
  }
#else
  return any_of(mask);
#endif
}

/// Bit i is set where lane i of the mask is.
template <class M>
unsigned lane_bits(const M& mask) {
#if defined(NBK_SIMD_AVX512)
  if constexpr (M::size() == 16) {
    return static_cast<__mmask16>(mask);
  } else {
    return static_cast<__mmask8>(mask);
  }
#elif defined(NBK_SIMD_AVX2)
  if constexpr (M::size() == 8) {
    return static_cast<unsigned>(_mm256_movemask_ps(static_cast<__m256>(mask)));
  } else {
    return static_cast<unsigned>(_mm256_movemask_pd(static_cast<__m256d>(mask)));
  }
#else
  unsigned bits = 0;
  for (int i = 0; i < static_cast<int>(M::size()); ++i) bits |= static_cast<unsigned>(mask[i]) << i;
  return bits;
#endif
}

/// Returns the smallest lane of a register. Where a lane is not a number, the result may be any.
template <class T>
T least_lane(const Register<T>& value) {
#if defined(NBK_SIMD_AVX512)
  if constexpr (std::is_same_v<T, float>) {
    return _mm512_reduce_min_ps(static_cast<__m512>(value));
  } else {
    return _mm512_reduce_min_pd(static_cast<__m512d>(value));
  }
#else
  alignas(64) T lane[native_lanes<T>];
  store_register(value, static_cast<T*>(lane));
  for (int half = native_lanes<T> / 2; half > 0; half /= 2) {
    for (int i = 0; i < half; ++i) lane[i] = lane[i + half] < lane[i] ? lane[i + half] : lane[i];
  }
  return lane[0];
#endif
}

/// Writes a register's lanes as float.
template <class T>
void store_as_float(const Register<T>& value, float* to) {
  if constexpr (std::is_same_v<T, float>) {
    store_register(value, to);
  } else {
#if defined(NBK_SIMD_AVX512)
    _mm256_storeu_ps(to, _mm512_cvtpd_ps(static_cast<__m512d>(value)));
#elif defined(NBK_SIMD_AVX2)
    _mm_storeu_ps(to, _mm256_cvtpd_ps(static_cast<__m256d>(value)));
#else
    alignas(64) double lane[native_lanes<double>];
    store_register(value, static_cast<double*>(lane));
    for (int i = 0; i < native_lanes<double>; ++i) to[i] = static_cast<float>(lane[i]);
#endif
  }
}

/// One float register from as many double registers as it takes lanes, and back.
inline void narrow(const Register<double>* from, Register<float>& to) {
#if defined(NBK_SIMD_AVX512)
  const __m256 low = _mm512_cvtpd_ps(static_cast<__m512d>(from[0]));
  const __m256 high = _mm512_cvtpd_ps(static_cast<__m512d>(from[1]));
  to = Register<float>(_mm512_insertf32x8(_mm512_castps256_ps512(low), high, 1));
#elif defined(NBK_SIMD_AVX2)
  const __m128 low = _mm256_cvtpd_ps(static_cast<__m256d>(from[0]));
  const __m128 high = _mm256_cvtpd_ps(static_cast<__m256d>(from[1]));
  to = Register<float>(_mm256_set_m128(high, low));
#else
  constexpr int wide = native_lanes<double>;
  alignas(64) double in[native_lanes<float>];
  alignas(64) float out[native_lanes<float>];
  for (int i = 0; i < native_lanes<float> / wide; ++i) store_register(from[i], in + i * wide);
  for (int i = 0; i < native_lanes<float>; ++i) out[i] = static_cast<float>(in[i]);
  to = load_register(static_cast<const float*>(out));
#endif
}

inline void widen(const Register<float>& from, Register<double>* to) {
#if defined(NBK_SIMD_AVX512)
  const auto all = static_cast<__m512>(from);
  to[0] = Register<double>(_mm512_cvtps_pd(_mm512_castps512_ps256(all)));
  to[1] = Register<double>(_mm512_cvtps_pd(_mm512_extractf32x8_ps(all, 1)));
#elif defined(NBK_SIMD_AVX2)
  const auto all = static_cast<__m256>(from);
  to[0] = Register<double>(_mm256_cvtps_pd(_mm256_castps256_ps128(all)));
  to[1] = Register<double>(_mm256_cvtps_pd(_mm256_extractf128_ps(all, 1)));
#else
  constexpr int wide = native_lanes<double>;
  alignas(64) float in[native_lanes<float>];
  alignas(64) double out[native_lanes<float>];
  store_register(from, static_cast<float*>(in));
  for (int i = 0; i < native_lanes<float>; ++i) out[i] = static_cast<double>(in[i]);
  for (int i = 0; i < native_lanes<float> / wide; ++i)
    to[i] = load_register(static_cast<const double*>(out) + i * wide);
#endif
}

#if defined(NBK_SIMD_AVX512) || defined(NBK_SIMD_AVX2)
/// a 2^n for whole n with 2^n a normal number.
inline Register<float> times_power_of_2(const Register<float>& a, const Register<float>& n) {
#if defined(NBK_SIMD_AVX512)
  return Register<float>(_mm512_scalef_ps(static_cast<__m512>(a), static_cast<__m512>(n)));
#else
  const __m256i exponent = _mm256_add_epi32(_mm256_cvtps_epi32(static_cast<__m256>(n)), _mm256_set1_epi32(127));
  return a * Register<float>(_mm256_castsi256_ps(_mm256_slli_epi32(exponent, 23)));
#endif
}
inline Register<double> times_power_of_2(const Register<double>& a, const Register<double>& n) {
#if defined(NBK_SIMD_AVX512)
  return Register<double>(_mm512_scalef_pd(static_cast<__m512d>(a), static_cast<__m512d>(n)));
#else
  const __m128i exponent = _mm_add_epi32(_mm256_cvtpd_epi32(static_cast<__m256d>(n)), _mm_set1_epi32(1023));
  return a * Register<double>(_mm256_castsi256_pd(_mm256_slli_epi64(_mm256_cvtepi32_epi64(exponent), 52)));
#endif
}
#endif

}  // namespace NBK_ISA
}  // namespace nbk::simd
