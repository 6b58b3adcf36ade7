// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/math/two_floats_functions.hpp"

#include <cstddef>

// Elementary functions as polynomials, the same text for scalars and packs. The coefficients are Chebyshev fits over
// the stated range. docs/numerics/elementary.md has the errors and their measurement.

namespace nbk {

/// Returns c[0] + c[1] t + c[2] t^2 + ... by Horner's rule.
template <class V, std::size_t N>
KOKKOS_FORCEINLINE_FUNCTION V polynomial(const V& t, const scalar_t<V> (&c)[N]) {
  V sum(c[N - 1]);
  for (int i = static_cast<int>(N) - 2; i >= 0; --i) sum = fma(sum, t, c[i]);
  return sum;
}

/// Returns sin(pi x) for |x| <= 1/2, within 3 ulp.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V sinpi_reduced(const V& x) {
  using T = scalar_t<V>;
  if constexpr (is_single<T>) {
    constexpr T c[] = {T(3.1415926368954115438), T(-5.167709684799476654), T(2.5500697263299960901),
                       T(-0.5982421263420936507), T(0.077560386790797222249)};
    return x * polynomial(x * x, c);
  } else {
    constexpr T c[] = {T(3.1415926535897932378),     T(-5.1677127800499696077),      T(2.5501640398773004745),
                       T(-0.59926452931894468132),   T(0.08214588657310289502),      T(-0.0073704305059169434047),
                       T(0.00046629981618983938014), T(-0.000021903497074626017191), T(7.6978267682241906454e-7)};
    return x * polynomial(x * x, c);
  }
}

/// Returns cos(pi x) for |x| <= 1/2, with an absolute error below 1.5 units in the last place of 1.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V cospi_reduced(const V& x) {
  using T = scalar_t<V>;
  if constexpr (is_single<T>) {
    constexpr T c[] = {T(0.99999999977915403194), T(-4.9348021369289456371), T(4.0587091547631342538),
                       T(-1.3352119493905503384), T(0.23493706859508651002), T(-0.024395932097550444473)};
    return polynomial(x * x, c);
  } else {
    constexpr T c[] = {T(0.99999999999999999608),   T(-4.9348022005446767673),     T(4.0587121264164969995),
                       T(-1.3352627688434470934),   T(0.23533063012953285391),     T(-0.02580688873700220327),
                       T(0.0019295562724817131482), T(-0.00010456655338748738169), T(4.1495643539425855122e-6)};
    return polynomial(x * x, c);
  }
}

/// Returns a 2^n for a whole n.
template <class T>
  requires std::is_arithmetic_v<T> KOKKOS_FORCEINLINE_FUNCTION T scale_by_power_of_2(T a, T n) {
    return a * Kokkos::exp2(n);
  }
template <class T, int W>
KOKKOS_FORCEINLINE_FUNCTION Pack<T, W> scale_by_power_of_2(const Pack<T, W>& a, const Pack<T, W>& n) {
  return detail::map(simd::op::ScaleByPowerOf2{}, a, n);
}
template <class V>
KOKKOS_FORCEINLINE_FUNCTION TwoFloats<V> scale_by_power_of_2(const TwoFloats<V>& a, const TwoFloats<V>& n) {
  return {scale_by_power_of_2(a.hi, n.hi), scale_by_power_of_2(a.lo, n.hi)};
}

/// Argument below which exp() is exactly 0. It is a little above the smallest normal number, so that nothing is
/// denormal.
template <class T>
inline constexpr T exp_cutoff = has_double_range<T> ? T(-708) : T(-87);

/// Returns e^x for x <= 88 (float) or 709 (double), within 2 ulp; exactly 0 below `lowest`.
/// \param lowest  >= exp_cutoff
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V exp_above(const V& x, scalar_t<V> lowest) {
  using T = scalar_t<V>;
  const V bounded = max(x, V(exp_cutoff<T>));
  const V n = round_any(bounded * T(1.44269504088896340736));
  V power;
  if constexpr (is_single<T>) {
    constexpr T c[] = {T(1),
                       T(1.0000000377162138425),
                       T(0.50000000471177576744),
                       T(0.16666415514653275427),
                       T(0.041666352896775156786),
                       T(0.008375126398153335682),
                       T(0.0013941108433972674608)};
    const V r = fma(n, T(-1.42860677e-6), fma(n, T(-0.693145752), bounded));  // ln 2 in two pieces
    power = polynomial(r, c);
  } else {
    constexpr T c[] = {T(1),
                       T(1),
                       T(0.50000000000000183855),
                       T(0.16666666666666680806),
                       T(0.041666666666488095495),
                       T(0.0083333333333196006109),
                       T(0.0013888888952314774652),
                       T(0.00019841269890047113707),
                       T(0.000024801485482328492419),
                       T(2.7557240918578969823e-6),
                       T(2.7632639639041029749e-7),
                       T(2.5110037605963777712e-8)};
    const V r = fma(n, T(-1.90821492927058770002e-10), fma(n, T(-6.93147180369123816490e-1), bounded));
    power = polynomial(r, c);
  }
  return select(x < V(lowest), V(T(0)), scale_by_power_of_2(power, n));
}

/// Returns exp_above() of the lowest argument that there is.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V exp(const V& x) {
  return exp_above(x, exp_cutoff<scalar_t<V>>);
}

}  // namespace nbk
