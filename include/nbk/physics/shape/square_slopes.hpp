// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/shape/lattice_slopes.hpp"
#include "nbk/simd/away_from_zero.hpp"

namespace nbk::physics {

/// Coefficients of sin(pi x) / (leading x) - 1 and (cos(pi x) - 1) / x^2 in x^2 for |x| <= 1/2, those of the
/// derivative. Minimax fits. That of sin(pi x) / x is divided by its constant `leading`, so that x S(x) is one
/// multiply-add. In float their errors are 5.3e-9 of the sine and 5.3e-8 of 1, in double 1.4e-16 and 4.2e-18. The sine
/// of the image has one term less in float: its error of 9.4e-7 would be that of the derivative beside a spot, times
/// about 13.
template <class T>
struct GratingSlopeCoefficients {
  static constexpr double leading = constants::pi<double>;
  T sine[8] = {T(1),
               T(-5.1677127800497529624 / leading),
               T(2.5501640398598760813 / leading),
               T(-0.59926452877570638436 / leading),
               T(0.082145878256520712578 / leading),
               T(-0.0073703610715172052836 / leading),
               T(0.00046597661757890322623 / leading),
               T(-0.000021122952502596602567 / leading)};
  T cosine[8] = {T(-4.9348022005446775846),     T(4.05871212641654443),     T(-1.3352627688446644368),
                 T(0.2353306301459868999),      T(-0.02580688886269014596), T(0.0019295568179041766986),
                 T(-0.00010456780739892006495), T(4.150750229674916046e-6)};
};
template <>
struct GratingSlopeCoefficients<float> {
  static constexpr double leading = 3.1415926368950159343;
  float sine[5] = {
      1, static_cast<float>(-5.1677096847823141887 / leading), static_cast<float>(2.5500697261205550551 / leading),
      static_cast<float>(-0.59824212533896248807 / leading), static_cast<float>(0.077560385119579692532 / leading)};
  float cosine[4] = {-4.934795518136628625F, 4.0584513416240796724F, -1.332093865962230455F, 0.22008065494299477908F};
};

/// The same for numbers whose phase has the accuracy of float, too, which is worse than a sine of 9.4e-7, that of the
/// image, and a cosine of 7.8e-6.
struct ShortGratingSlopeCoefficients {
  static constexpr double leading = 3.1415897032720597874;
  float sine[4] = {1, static_cast<float>(-5.1673678109496405163 / leading),
                   static_cast<float>(2.5436049469302990697 / leading),
                   static_cast<float>(-0.55839602576041709583 / leading)};
  float cosine[3] = {-4.9341669007826358765F, 4.0431656453946117576F, -1.2264941474838486208F};
};

/// t (c[1] + c[2] t + ...) of several t, side by side: each step is independent of its neighbours.
template <class V, std::size_t Count, std::size_t Terms>
KOKKOS_FORCEINLINE_FUNCTION void polynomials_without_constant(const scalar_t<V> (&c)[Terms], const V (&t)[Count],
                                                              V (&sum)[Count]) {
  for (std::size_t i = 0; i < Count; ++i) sum[i] = V(c[Terms - 1]);
  for (std::size_t k = Terms - 1; k-- > 1;) {
    for (std::size_t i = 0; i < Count; ++i) sum[i] = fma(sum[i], t[i], c[k]);
  }
  for (std::size_t i = 0; i < Count; ++i) sum[i] = sum[i] * t[i];
}

/// The same from c[0] on, each sum with a factor of its own, which the coefficients take.
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

/// Square and its derivatives times a factor, exact through the zeros of both sines. For one axis, with x the index
/// less its nearest whole number, N x = y + m, m whole, |y| <= 1/2, S(t) = sin(pi t) / (l t), l the leading factor of
/// the coefficients, C(t) = cos(pi t) - 1 and z = l / sin(pi x),
///
///     f        = y S(y) z
///     E        = y z (S(x) - S(y)) in a spot, where m is 0, else N - f
///     2 df/dx  = (2 pi / l) z (E + N C(y) - f C(x))
///     2 df/dN  = (2 pi / l) x z (1 + C(y))
///
/// but for the sign (-1)^m of f, which the products have twice. Both E are the same number. S(x) - S(y) is a difference
/// of polynomials without their constant 1, so that nothing cancels in a spot. Elsewhere N is far from f. The factor
/// is prod f^2. N counts as a continuous number that leaves x as it is; for whole N this is the derivative of the
/// interference function by its N.
///
/// The results go where they belong: from a structure that is returned, a compiler copies them, and stores limit.
/// \tparam Coefficients  of the sine and the cosine
/// \param times          the factor
/// \param by_cells       three numbers, the derivatives by N times N; nullptr: not wanted
template <class Coefficients, class V>
KOKKOS_FORCEINLINE_FUNCTION void square_slopes(const LatticeParameters<scalar_t<V>>& p, const Vec3<V>& delta,
                                               const V& times, V& value, Vec3<V>& by_index, V* by_cells) {
  using T = scalar_t<V>;
  // Of 0 itself there is no quotient. The cube of this is still a normal number, times 1 / x at least.
  constexpr T tiny = is_single<T> ? T(1e-12) : T(1e-60);
  constexpr Coefficients c;
  V x[3] = {delta.x, delta.y, delta.z};
  const T cells[3] = {p.cells.x, p.cells.y, p.cells.z};
  V y[3], phases[3], squares[6];
  decltype(V() == V()) in_spot[3];
  for (int i = 0; i < 3; ++i) {
    squares[i] = x[i] * x[i];
    x[i] = away_from_zero(x[i], squares[i], tiny);
    phases[i] = x[i] * cells[i];
    const V m = round_any(phases[i]);
    in_spot[i] = m == V(T(0));
    y[i] = phases[i] - m;
    squares[i + 3] = y[i] * y[i];
  }
  V sine[6], minus_cosine[3], scaled_cosine[3];  // the last two: -C(x), N C(y)
  polynomials_without_constant(c.sine, squares, sine);
  scaled_polynomials(c.cosine, {T(-1), T(-1), T(-1)}, {squares[0], squares[1], squares[2]}, minus_cosine);
  scaled_polynomials(c.cosine, cells, {squares[3], squares[4], squares[5]}, scaled_cosine);
  V sines[3], z[3];
  for (int i = 0; i < 3; ++i) sines[i] = fma(x[i], sine[i], x[i]);
  invert(sines, z);
  V f[3], slope[3];  // the latter: E + N C(y) - f C(x)
  for (int i = 0; i < 3; ++i) {
    const V by_z = y[i] * z[i];
    f[i] = fma(by_z, sine[i + 3], by_z);
    const V e = select(in_spot[i], by_z * (sine[i] - sine[i + 3]), V(cells[i]) - f[i]);
    slope[i] = fma(f[i], minus_cosine[i], scaled_cosine[i]) + e;
  }
  constexpr T two = T(2 * constants::pi<double> / Coefficients::leading);
  const V pair = f[0] * f[1];
  const V amplitude = pair * f[2];
  const V factor = amplitude * times, twice = factor * two, by_last = twice * f[2];
  const V of_others[3] = {by_last * f[1] * z[0], by_last * f[0] * z[1], twice * pair * z[2]};
  value = factor * amplitude;
  by_index.x = of_others[0] * slope[0];
  by_index.y = of_others[1] * slope[1];
  by_index.z = of_others[2] * slope[2];
  if (by_cells == nullptr) return;
  for (int i = 0; i < 3; ++i) by_cells[i] = of_others[i] * fma(x[i], scaled_cosine[i], phases[i]);
}

/// The same as one value, with the derivatives by N themselves.
template <class Coefficients, class V>
KOKKOS_FORCEINLINE_FUNCTION LatticeSlopes<V> square_slopes(const LatticeParameters<scalar_t<V>>& p,
                                                           const Vec3<V>& delta, const V& times) {
  using T = scalar_t<V>;
  const V zero(T(0));
  V value, by_cells[3];
  Vec3<V> by_index;
  square_slopes<Coefficients>(p, delta, times, value, by_index, static_cast<V*>(by_cells));
  // No loop over members: with one, a compiler keeps the result in memory.
  return {value,
          by_index,
          {by_cells[0] * V(T(1) / p.cells.x), by_cells[1] * V(T(1) / p.cells.y), by_cells[2] * V(T(1) / p.cells.z),
           zero, zero, zero}};
}

/// Square and its derivatives.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION LatticeSlopes<V> lattice_slopes(Square, const LatticeParameters<scalar_t<V>>& p,
                                                            const Vec3<V>& delta) {
  return square_slopes<GratingSlopeCoefficients<scalar_t<V>>>(p, delta, V(scalar_t<V>(1)));
}

}  // namespace nbk::physics
