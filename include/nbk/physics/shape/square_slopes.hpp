// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/shape/lattice_slopes.hpp"

namespace nbk::physics {

/// Coefficients of sin(pi x) / x and (cos(pi x) - 1) / x^2 in x^2 for |x| <= 1/2, those of the derivative. Minimax
/// fits. In float their errors are 5.3e-9 of the sine and 5.3e-8 of 1, in double 1.4e-16 and 4.2e-18. The sine of the
/// image has one term less in float: its error of 9.4e-7 would be that of the derivative beside a spot, times about 13.
template <class T>
struct GratingSlopeCoefficients {
  T sine[8] = {T(3.1415926535897927918),     T(-5.1677127800497529624),     T(2.5501640398598760813),
               T(-0.59926452877570638436),   T(0.082145878256520712578),    T(-0.0073703610715172052836),
               T(0.00046597661757890322623), T(-0.000021122952502596602567)};
  T cosine[8] = {T(-4.9348022005446775846),     T(4.05871212641654443),     T(-1.3352627688446644368),
                 T(0.2353306301459868999),      T(-0.02580688886269014596), T(0.0019295568179041766986),
                 T(-0.00010456780739892006495), T(4.150750229674916046e-6)};
};
template <>
struct GratingSlopeCoefficients<float> {
  float sine[5] = {3.1415926368950159343F, -5.1677096847823141887F, 2.5500697261205550551F, -0.59824212533896248807F,
                   0.077560385119579692532F};
  float cosine[4] = {-4.934795518136628625F, 4.0584513416240796724F, -1.332093865962230455F, 0.22008065494299477908F};
};

/// The same for numbers whose phase has the accuracy of float, too, which is worse than a sine of 9.4e-7: that of the
/// image.
struct ShortGratingSlopeCoefficients {
  float sine[4] = {3.1415897032720597874F, -5.1673678109496405163F, 2.5436049469302990697F, -0.55839602576041709583F};
  float cosine[4] = {-4.934795518136628625F, 4.0584513416240796724F, -1.332093865962230455F, 0.22008065494299477908F};
};

/// t (c[First] + c[First + 1] t + ...) of several t, side by side: each step is independent of its neighbours.
template <std::size_t First, class V, std::size_t Count, std::size_t Terms>
KOKKOS_FORCEINLINE_FUNCTION void polynomials_without_constant(const scalar_t<V> (&c)[Terms], const V (&t)[Count],
                                                              V (&sum)[Count]) {
  for (std::size_t i = 0; i < Count; ++i) sum[i] = V(c[Terms - 1]);
  for (std::size_t k = Terms - 1; k-- > First;) {
    for (std::size_t i = 0; i < Count; ++i) sum[i] = fma(sum[i], t[i], c[k]);
  }
  for (std::size_t i = 0; i < Count; ++i) sum[i] = sum[i] * t[i];
}

/// The same from the first coefficient on, each sum with a factor of its own, which the coefficients take.
template <class V, std::size_t Count, std::size_t Terms>
KOKKOS_FORCEINLINE_FUNCTION void scaled_polynomials(const scalar_t<V> (&c)[Terms], const scalar_t<V> (&factor)[Count],
                                                    const V (&t)[Count], V (&sum)[Count]) {
  for (std::size_t i = 0; i < Count; ++i) sum[i] = V(factor[i] * c[Terms - 1]);
  for (std::size_t k = Terms - 1; k-- > 0;) {
    for (std::size_t i = 0; i < Count; ++i) sum[i] = fma(sum[i], t[i], factor[i] * c[k]);
  }
  for (std::size_t i = 0; i < Count; ++i) sum[i] = sum[i] * t[i];
}

/// Inverts three numbers whose product is a normal number. Packs of float divide three times, beside which other
/// operations go on: so they save six products. All others divide once.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION void invert(const V (&a)[3], V (&inverse)[3]) {
  if constexpr (PackTraits<V>::width > 1 && is_single<scalar_t<V>>) {
    for (int i = 0; i < 3; ++i) inverse[i] = quotient(V(scalar_t<V>(1)), a[i]);
  } else {
    const V pair = a[0] * a[1];
    const V all = quotient(V(scalar_t<V>(1)), pair * a[2]);
    inverse[2] = all * pair;
    const V rest = all * a[2];
    inverse[0] = rest * a[1];
    inverse[1] = rest * a[0];
  }
}

/// Square and its derivatives, exact through the zeros of both sines. For one axis, with x the index less its nearest
/// whole number, N x = y + m, m whole, |y| <= 1/2, S(t) = sin(pi t) / t, C(t) = cos(pi t) - 1 and z = 1 / sin(pi x),
///
///     f        = sin(pi y) z
///     E        = m S(x) + y (S(x) - S(y))             = N sin(pi x) - sin(pi y)
///     df/dx    = pi z (E z + N C(y) - f C(x))
///     df/dN    = pi x z (1 + C(y))
///
/// but for the sign (-1)^m of f, which the products have twice. S(x) - S(y) is a difference of polynomials without
/// their constant, so that nothing cancels in a spot, where m is 0. The factor is prod f^2. N counts as a continuous
/// number that leaves x as it is; for whole N this is the derivative of the interference function by its N.
/// \tparam Coefficients  of the sine and the cosine
template <class Coefficients, class V>
KOKKOS_FORCEINLINE_FUNCTION LatticeSlopes<V> square_slopes(const LatticeParameters<scalar_t<V>>& p,
                                                           const Vec3<V>& delta) {
  using T = scalar_t<V>;
  // Of 0 itself there is no quotient. The cube of this is still a normal number, times 1 / x at least.
  constexpr T tiny = is_single<T> ? T(1e-12) : T(1e-60);
  constexpr Coefficients c;
  V x[3] = {delta.x, delta.y, delta.z};
  const T cells[3] = {p.cells.x, p.cells.y, p.cells.z};
  V m[3], y[3], squares[6];
  for (int i = 0; i < 3; ++i) {
    squares[i] = x[i] * x[i];
    x[i] = select(squares[i] < V(tiny * tiny), V(tiny), x[i]);
    const V phase = x[i] * cells[i];
    m[i] = round_any(phase);
    y[i] = phase - m[i];
    squares[i + 3] = y[i] * y[i];
  }
  V sine[6], cosine[3], scaled_cosine[3];  // the last: N C(y)
  polynomials_without_constant<1>(c.sine, squares, sine);
  polynomials_without_constant<0>(c.cosine, {squares[0], squares[1], squares[2]}, cosine);
  scaled_polynomials(c.cosine, cells, {squares[3], squares[4], squares[5]}, scaled_cosine);
  V s_x[3], sines[3], z[3];
  for (int i = 0; i < 3; ++i) {
    s_x[i] = sine[i] + c.sine[0];
    sines[i] = x[i] * s_x[i];
  }
  invert(sines, z);
  V f[3], by_index[3], by_cells[3];
  for (int i = 0; i < 3; ++i) {
    const V e = fma(y[i], sine[i] - sine[i + 3], m[i] * s_x[i]);
    f[i] = y[i] * (sine[i + 3] + c.sine[0]) * z[i];
    by_index[i] = z[i] * fma(e, z[i], fma(-f[i], cosine[i], scaled_cosine[i]));
    by_cells[i] = x[i] * z[i] * fma(scaled_cosine[i], V(T(1) / cells[i]), V(T(1)));
  }
  const V pairs[3] = {f[1] * f[2], f[0] * f[2], f[0] * f[1]};
  const V amplitude = f[0] * pairs[0];
  const V factor = amplitude * T(2 * constants::pi<double>);
  V slope[3];
  LatticeSlopes<V> slopes;
  slopes.value = amplitude * amplitude;
  for (int i = 0; i < 3; ++i) {
    const V of_pair = factor * pairs[i];
    slope[i] = of_pair * by_index[i];
    slopes.by_cells[i] = of_pair * by_cells[i];
    slopes.by_cells[i + 3] = V(T(0));
  }
  slopes.by_index = {slope[0], slope[1], slope[2]};
  return slopes;
}

/// Square and its derivatives.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION LatticeSlopes<V> lattice_slopes(Square, const LatticeParameters<scalar_t<V>>& p,
                                                            const Vec3<V>& delta) {
  return square_slopes<GratingSlopeCoefficients<scalar_t<V>>>(p, delta);
}

}  // namespace nbk::physics
