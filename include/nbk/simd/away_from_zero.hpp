// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/simd/pack_functions.hpp"

#include <type_traits>

#if defined(NBK_SIMD_AVX512)
namespace nbk::simd {
inline namespace NBK_ISA {
namespace op {

/// That of two numbers which is larger without its sign, with the sign of the first. One instruction, where a
/// comparison and a choice would take their time from the units that multiply. GCC's intrinsics for it need
/// optimisation in some translation units and are macros that lose a sign in others, so its built-in functions are
/// used.
struct LargerMagnitude {
  Register<float> operator()(const Register<float>& a, const Register<float>& b) const {
    const auto x = static_cast<__m512>(a), y = static_cast<__m512>(b);
#if defined(__clang__)
    return Register<float>(_mm512_range_ps(x, y, 3));
#else
    return Register<float>(__builtin_ia32_rangeps512_mask(x, y, 3, x, -1, _MM_FROUND_CUR_DIRECTION));
#endif
  }
  Register<double> operator()(const Register<double>& a, const Register<double>& b) const {
    const auto x = static_cast<__m512d>(a), y = static_cast<__m512d>(b);
#if defined(__clang__)
    return Register<double>(_mm512_range_pd(x, y, 3));
#else
    return Register<double>(__builtin_ia32_rangepd512_mask(x, y, 3, x, -1, _MM_FROUND_CUR_DIRECTION));
#endif
  }
};

}  // namespace op
}  // namespace NBK_ISA
}  // namespace nbk::simd
#endif

namespace nbk {

/// Returns x where |x| >= `tiny`, else `tiny` with either sign.
/// \param sqr   x^2
/// \param tiny  whose square is a normal number
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V away_from_zero(const V& x, const V& sqr, scalar_t<V> tiny) {
  return select(sqr < V(tiny * tiny), V(tiny), x);
}
#if defined(NBK_SIMD_AVX512)
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> away_from_zero(const Pack<T, W>& x, const Pack<T, W>&,
                                                      std::type_identity_t<T> tiny) {
  return detail::map(simd::op::LargerMagnitude{}, x, Pack<T, W>(tiny));
}
#endif

}  // namespace nbk
