// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/vec3.hpp"
#include "nbk/math/elementary.hpp"

namespace nbk::physics {

/// sin(N x) / sin(x) for N <= 6: a Chebyshev polynomial of the second kind, which is one in s = sin^2(x), c0 + c1 s +
/// c2 s^2, and times cos(x) where N is even.
template <class T>
struct SmallGrating {
  static constexpr int most_cells = 6;
  T c0 = 1, c1 = 0, c2 = 0;
  T even = 0;  ///< 1 for even N, else 0
};

/// What the lattice factors need of the crystal, in the number type of the lattice.
template <class T>
struct LatticeParameters {
  Vec3<T> cells;            ///< Na, Nb, Nc
  T cells_product_sqr = 1;  ///< (Na Nb Nc)^2
  T fudge = 1;
  /// In the centre of round spots the C program's difference of sines cancels to 0, up to y of about 1.05e-8 and with
  /// some luck up to 2.6e-8, where the hole ends here; only the pixel that the beam itself hits can see it.
  bool hollow_spots = false;
  Vec3<T> reach;  ///< of compact shapes: |delta| along each axis beyond which the factor is exactly 0
  /// Square crystals of up to 6 cells along each axis: the grating function as a polynomial, see SmallGrating.
  bool few_cells = false;
  SmallGrating<T> grating[3];
  bool even_cells = false;  ///< of any of them
  Vec3<T> spot_axes[3];     ///< what the radius of Gaussian and flat-topped spots is made of (scene/spot_axes.hpp)
};

// A lattice shape is a stateless type with
//   compact                                     whether spots have an end
//   intensity(parameters, delta) -> |F_latt|^2
// of the reduced Miller indices delta = hkl - [hkl], |delta| <= 1/2 in each component.

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
template <int First, int Count, class V, int N>
KOKKOS_FORCEINLINE_FUNCTION V product(const V (&x)[N], const V (&p)[N]) {
  V result = x[First] * p[First];
  for (int i = First + 1; i < First + Count; ++i) result = result * (x[i] * p[i]);
  return result;
}

/// sin(pi x) / x of several x^2, |x| <= 1/2, side by side: each step is independent of its neighbours, which hides the
/// latency of a multiply-add.
template <class V, int N>
KOKKOS_FORCEINLINE_FUNCTION void sines_over_x(const V (&sqr)[N], V (&sum)[N]) {
  using T = scalar_t<V>;
  constexpr GratingCoefficients<T> c;
  constexpr int terms = sizeof(c.value) / sizeof(T);
  for (int i = 0; i < N; ++i) sum[i] = V(c.value[terms - 1]);
  for (int k = terms - 2; k >= 0; --k) {
    for (int i = 0; i < N; ++i) sum[i] = fma(sum[i], sqr[i], c.value[k]);
  }
}

/// A parallelepiped of Na x Nb x Nc cells: F_latt = prod sin(pi N h) / sin(pi h). With the reduced index x = |h - [h]|
/// both sines stay exact however large h was: N is whole, hence sin(pi N h)^2 = sin(pi N x)^2. Source: von Laue's
/// interference function; nanoBragg's SQUARE.
struct Square {
  static constexpr bool compact = false;

  template <class V>
  static KOKKOS_FORCEINLINE_FUNCTION V intensity(const LatticeParameters<scalar_t<V>>& p, const Vec3<V>& delta) {
    using T = scalar_t<V>;
    if (p.few_cells) return few_cells(p, delta);
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

 private:
  /// Without a division: the ratio as a polynomial in s = sin^2(pi x), times cos^2 = 1 - s along axes with even N.
  template <class V>
  static KOKKOS_FORCEINLINE_FUNCTION V few_cells(const LatticeParameters<scalar_t<V>>& p, const Vec3<V>& delta) {
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

/// (sin y - y cos y)^2 / u^6, y = pi u, of the squared argument u^2: the squared transform of a sphere,
/// (3 (sin y / y - cos y) / y^2)^2, but for the factor in `Round`.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V sphere_sqr(const V& u_sqr) {
  using T = scalar_t<V>;
  constexpr T pi = constants::pi<T>;
  constexpr T small = is_single<T> ? T(0.04) : T(0.002);
  const V safe = max(u_sqr, V(small));
  const auto [u, inverse_u_sqr] = root_and_inverse(safe);
  const V reduced = u - round_any(u);  // the common sign of sine and cosine vanishes in the square
  const V difference = fma(u * -pi, cospi_reduced(reduced), sinpi_reduced(reduced));
  const V f = difference * inverse_u_sqr;
  V value = f * f * inverse_u_sqr;
  const auto central = u_sqr < V(small);
  if (any(central)) {
    // Near 0 the difference cancels; there the series 1 - y^2/10 + y^4/280 - y^6/15120 + y^8/1330560 stands in.
    constexpr T c[] = {T(1), T(-0.1), T(1.0 / 280), T(-1.0 / 15120), T(1.0 / 1330560)};
    constexpr double pi_cubed = constants::pi<double> * constants::pi<double> * constants::pi<double>;
    const V series = polynomial(u_sqr * (pi * pi), c) * T(pi_cubed / 3);
    value = select(central, series * series, value);
  }
  return value;
}

/// A ball (ellipsoid) of the same height as the parallelepiped; 0.7236 makes up for the volumes.
/// F_latt = Na Nb Nc 0.7236 sinc3(pi sqrt(fudge sum (delta_i N_i)^2)). Source: nanoBragg's ROUND.
struct Round {
  static constexpr bool compact = false;

  template <class V>
  static KOKKOS_FORCEINLINE_FUNCTION V intensity(const LatticeParameters<scalar_t<V>>& p, const Vec3<V>& delta) {
    using T = scalar_t<V>;
    constexpr double factor =
        0.723601254558268 * 3 / (constants::pi<double> * constants::pi<double> * constants::pi<double>);
    const V x = delta.x * p.cells.x;
    const V y = delta.y * p.cells.y;
    const V z = delta.z * p.cells.z;
    const V u_sqr = fma(x, x, fma(y, y, z * z)) * p.fudge;
    const V value = sphere_sqr(u_sqr) * (p.cells_product_sqr * T(factor * factor));
    if constexpr (rounds_as_double<T>) {
      if (p.hollow_spots) return select(V(T(0)) < u_sqr && u_sqr < V(T(7e-17)), V(T(0)), value);
    }
    return value;
  }
};

/// |x A + y B + z C|^2 for the spot axes A, B, C: in `compat` a*, b*, c* times Na Nb Nc (1/Angstrom), in `corrected`
/// the numbers of cells along axes at right angles, so that the radius is sum of (x_i N_i)^2 as that of round spots.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V spot_radius_sqr(const LatticeParameters<scalar_t<V>>& p, const Vec3<V>& delta) {
  const auto& [a, b, c] = p.spot_axes;
  const V x = fma(delta.x, a.x, fma(delta.y, b.x, delta.z * c.x));
  const V y = fma(delta.x, a.y, fma(delta.y, b.y, delta.z * c.y));
  const V z = fma(delta.x, a.z, fma(delta.y, b.z, delta.z * c.z));
  return fma(x, x, fma(y, y, z * z));
}

/// Gaussian spots: F_latt = Na Nb Nc exp(-G fudge / 0.63), G the squared radius above. Source: nanoBragg's GAUSS.
struct Gauss {
  static constexpr bool compact = true;

  /// Exponent of |F_latt|^2 below which F_latt counts as 0: in double where the C program's own exponential is 0, so
  /// that it skips the term, 2 ln 2^-1075; in float where nothing is left of it.
  template <class T>
  static constexpr T lowest_exponent = is_single<T> ? exp_cutoff<T> : T(-1490.2664382);

  template <class V>
  static KOKKOS_FORCEINLINE_FUNCTION V intensity(const LatticeParameters<scalar_t<V>>& p, const Vec3<V>& delta) {
    using T = scalar_t<V>;
    const V exponent = spot_radius_sqr(p, delta) * (p.fudge * T(-2.0 / 0.63));
    const auto seen = V(lowest_exponent<T>) <= exponent;
    if (!any(seen)) return V(T(0));
    const V value = exp(exponent) * p.cells_product_sqr;
    if constexpr (is_single<T>) return value;
    constexpr T almost_nothing = is_single<T> ? T(0) : T(1e-300);
    return select(seen, max(value, V(almost_nothing)), V(T(0)));
  }
};

/// Flat-topped spots: F_latt = Na Nb Nc where G fudge < 0.3969, else 0. Source: nanoBragg's TOPHAT.
struct Tophat {
  static constexpr bool compact = true;

  template <class V>
  static KOKKOS_FORCEINLINE_FUNCTION V intensity(const LatticeParameters<scalar_t<V>>& p, const Vec3<V>& delta) {
    using T = scalar_t<V>;
    const V radius_sqr = spot_radius_sqr(p, delta) * p.fudge;
    return select(radius_sqr < V(T(0.3969)), V(p.cells_product_sqr), V(T(0)));
  }
};

}  // namespace nbk::physics
