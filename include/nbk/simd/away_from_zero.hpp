// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/simd/pack_functions.hpp"

#include <type_traits>

#if defined(NBK_SIMD_AVX512)
// Without optimisation these intrinsics are macros, and GCC takes their mask of all lanes for a lost sign.
#if defined(__GNUC__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsign-conversion"
#endif
namespace nbk::simd {
inline namespace NBK_ISA {
namespace op {

/// That of two numbers which is larger without its sign, with the sign of the first. One instruction, where a
/// comparison and a choice would take their time from the units that multiply.
struct LargerMagnitude {
  Register<float> operator()(const Register<float>& a, const Register<float>& b) const {
    return Register<float>(_mm512_range_ps(static_cast<__m512>(a), static_cast<__m512>(b), 3));
  }
  Register<double> operator()(const Register<double>& a, const Register<double>& b) const {
    return Register<double>(_mm512_range_pd(static_cast<__m512d>(a), static_cast<__m512d>(b), 3));
  }
};

}  // namespace op
}  // namespace NBK_ISA
}  // namespace nbk::simd
#if defined(__GNUC__)
#pragma GCC diagnostic pop
#endif
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
