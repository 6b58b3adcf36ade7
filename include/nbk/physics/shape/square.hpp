// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/elementary.hpp"
#include "nbk/physics/shape/crystal_parameters.hpp"

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace nbk::physics {

/// sin(N x) / sin(x) for N <= 6: a Chebyshev polynomial of the second kind, which is one in s = sin^2(x), c0 + c1 s +
/// c2 s^2, and times cos(x) where N is even.
template <class T>
struct SmallGrating {
  static constexpr int most_cells = 6;
  T c0 = 1, c1 = 0, c2 = 0;
  T even = 0;  ///< 1 for even N, else 0
};

/// The polynomial of N cells: U_(N-1)(cos x) in powers of s = sin^2 x.
template <class T>
SmallGrating<T> small_grating(double cells) {
  switch (static_cast<int>(cells)) {
    case 2: return {2, 0, 0, 1};
    case 3: return {3, -4, 0, 0};
    case 4: return {4, -8, 0, 1};
    case 5: return {5, -20, 16, 0};
    case 6: return {6, -32, 32, 1};
    default: return {1, 0, 0, 0};
  }
}

/// Coefficients of sin(pi x) / x in x^2 for |x| <= 1/2. In float the relative error of 9.4e-7 is well below what the
/// phase itself carries there (docs/numerics/lattice.md); in double it is 2e-16. Not a static member: device code
/// cannot refer to one.
template <class T>
struct GratingCoefficients {
  T value[8] = {T(3.1415926535897928787),     T(-5.1677127800497858227),     T(2.5501640398618676297),
                T(-0.59926452882522400508),   T(0.082145878816310426917),    T(-0.0073703643265304156755),
                T(0.00046598701580433779334), T(-0.000021133627352052970404)};
};
template <>
struct GratingCoefficients<float> {
  float value[4] = {3.141589703320300995F, -5.1673678124694178573F, 2.5436049585369616433F, -0.55839605192954933948F};
};

/// x[First] p[First] x[First + 1] p[First + 1] ..., Count factors.
template <int First, int Count, class V, std::size_t N>
KOKKOS_FORCEINLINE_FUNCTION V product(const V (&x)[N], const V (&p)[N]) {
  V result = x[First] * p[First];
  for (int i = First + 1; i < First + Count; ++i) result = result * (x[i] * p[i]);
  return result;
}

/// sin(pi x) / x of several x^2, |x| <= 1/2, side by side: each step is independent of its neighbours, which hides the
/// latency of a multiply-add.
template <class V, std::size_t N>
KOKKOS_FORCEINLINE_FUNCTION void sines_over_x(const V (&sqr)[N], V (&sum)[N]) {
  using T = scalar_t<V>;
  constexpr GratingCoefficients<T> c;
  constexpr int terms = sizeof(c.value) / sizeof(T);
  for (std::size_t i = 0; i < N; ++i) sum[i] = V(c.value[terms - 1]);
  for (int k = terms - 2; k >= 0; --k) {
    for (std::size_t i = 0; i < N; ++i) sum[i] = fma(sum[i], sqr[i], c.value[k]);
  }
}

/// A parallelepiped of Na x Nb x Nc cells: F_latt = prod sin(pi N h) / sin(pi h). With the reduced index x = |h - [h]|
/// both sines stay exact however large h was: N is whole, hence sin(pi N h)^2 = sin(pi N x)^2. Source: von Laue's
/// interference function; nanoBragg's SQUARE.
struct Square {
  static constexpr std::string_view name = "square";
  static constexpr bool compact = false;

  /// The gratings as polynomials, where the crystal has at most SmallGrating::most_cells along each axis.
  template <class T>
  struct Parameters {
    bool few_cells = false;
    SmallGrating<T> grating[3];
    bool even_cells = false;  ///< of any of them
  };

  template <class V>
  static KOKKOS_FORCEINLINE_FUNCTION V intensity(const LatticeParameters<scalar_t<V>>& p, const Vec3<V>& delta) {
    using T = scalar_t<V>;
    const Parameters<T>& own = p;
    if (own.few_cells) return few_cells(own, delta);
    // At x = 0 the ratio is N; a tiny x stands for 0, small enough that N x is still a small angle and the product of
    // three of them is still a normal number.
    constexpr T tiny = is_single<T> ? T(1e-12) : T(1e-100);
    V x[6] = {
        V(T(0)), V(T(0)), V(T(0)), max(abs(delta.x), V(tiny)), max(abs(delta.y), V(tiny)), max(abs(delta.z), V(tiny))};
    const T cells[3] = {p.cells.x, p.cells.y, p.cells.z};
    for (int i = 0; i < 3; ++i) {
      const V phase = x[i + 3] * cells[i];
      x[i] = phase - round_any(phase);
    }
    V sqr[6], sum[6];  // numerators (0 to 2) and denominators (3 to 5)
    for (int i = 0; i < 6; ++i) sqr[i] = x[i] * x[i];
    sines_over_x(sqr, sum);
    const V f = quotient(product<0, 3>(x, sum), product<3, 3>(x, sum));
    return f * f;
  }

  template <class T>
  static Parameters<T> parameters(const CrystalParameters<double>& crystal) {
    const double cells[3] = {crystal.cells.x, crystal.cells.y, crystal.cells.z};
    Parameters<T> p;
    p.few_cells = *std::ranges::max_element(cells) <= SmallGrating<T>::most_cells;
    if (!p.few_cells) return p;
    for (int i = 0; i < 3; ++i) {
      p.grating[i] = small_grating<T>(cells[i]);
      p.even_cells = p.even_cells || static_cast<int>(cells[i]) % 2 == 0;
    }
    return p;
  }

  static Vec3d inverse_widths(const CrystalParameters<double>& crystal) { return crystal.cells; }

 private:
  /// Without a division: the ratio as a polynomial in s = sin^2(pi x), times cos^2 = 1 - s along axes with even N.
  template <class V>
  static KOKKOS_FORCEINLINE_FUNCTION V few_cells(const Parameters<scalar_t<V>>& p, const Vec3<V>& delta) {
    using T = scalar_t<V>;
    V sqr[3] = {delta.x * delta.x, delta.y * delta.y, delta.z * delta.z};
    V sum[3], ratio[3];
    sines_over_x(sqr, sum);
    for (int i = 0; i < 3; ++i) sqr[i] = sqr[i] * (sum[i] * sum[i]);
    for (int i = 0; i < 3; ++i)
      ratio[i] = fma(fma(sqr[i], p.grating[i].c2, V(p.grating[i].c1)), sqr[i], p.grating[i].c0);
    const V f = ratio[0] * ratio[1] * ratio[2];
    V value = f * f;
    if (p.even_cells) {
      for (int i = 0; i < 3; ++i) value = value * fma(sqr[i], -p.grating[i].even, V(T(1)));
    }
    return value;
  }
};

}  // namespace nbk::physics
