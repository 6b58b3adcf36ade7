// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/shape/lattice_slopes.hpp"

namespace nbk::physics {

/// A function of one argument and its derivative.
template <class V>
struct ValueAndSlope {
  V value, slope;
};

/// sphere_sqr() and its derivative by u^2. With D = sin y - y cos y, y = pi u:
///
///     dD/d(u^2)       = pi^2 sin(y) / 2
///     d(D^2/u^6)/d(u^2) = pi^2 D sin(y) / u^6 - 3 D^2 / u^8
template <class V>
KOKKOS_FORCEINLINE_FUNCTION ValueAndSlope<V> sphere_sqr_slope(const V& u_sqr) {
  using T = scalar_t<V>;
  constexpr T pi = constants::pi<T>;
  constexpr T by_series = is_single<T> ? T(0.1) : T(0.06);
  const V safe = max(u_sqr, V(by_series));
  const auto [u, inverse_u_sqr] = root_and_inverse(safe);
  const V reduced = u - round_any(u);  // the common sign of sine and cosine vanishes in the products
  const V sine = sinpi_reduced(reduced);
  const V difference = fma(u * -pi, cospi_reduced(reduced), sine);
  const V by_cube = difference * (inverse_u_sqr * inverse_u_sqr);
  V value = by_cube * (difference * inverse_u_sqr);
  V slope = inverse_u_sqr * fma(by_cube * (pi * pi), sine, value * T(-3));
  const auto central = u_sqr < V(by_series);
  if (any(central)) {
    // Near 0 the differences cancel. There D / y^3 = sum (-1)^n (2 n + 2) / (2 n + 3)! y^2n stands in.
    constexpr double pi_sqr = constants::pi<double> * constants::pi<double>;
    constexpr T c[] = {T(1.0 / 3),       T(-1.0 / 30),        T(1.0 / 840),           T(-1.0 / 45360),
                       T(1.0 / 3991680), T(-1.0 / 518918400), T(14.0 / 1307674368e3), T(-16.0 / 355687428096e3)};
    constexpr T by_y_sqr[] = {T(-1.0 / 30),        T(2.0 / 840),           T(-3.0 / 45360),           T(4.0 / 3991680),
                              T(-5.0 / 518918400), T(84.0 / 1307674368e3), T(-112.0 / 355687428096e3)};
    const V y_sqr = min(u_sqr, V(by_series)) * T(pi_sqr);
    const V series = polynomial(y_sqr, c);
    value = select(central, series * series * T(pi_sqr * pi_sqr * pi_sqr), value);
    slope = select(central, series * polynomial(y_sqr, by_y_sqr) * T(2 * pi_sqr * pi_sqr * pi_sqr * pi_sqr), slope);
  }
  return {value, slope};
}

/// Round and its derivatives, through u^2 = fudge sum (delta_i N_i)^2 and the product of the N.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION LatticeSlopes<V> lattice_slopes(Round, const LatticeParameters<scalar_t<V>>& p,
                                                            const Vec3<V>& delta) {
  using T = scalar_t<V>;
  constexpr double factor =
      0.723601254558268 * 3 / (constants::pi<double> * constants::pi<double> * constants::pi<double>);
  const T cells[3] = {p.cells.x, p.cells.y, p.cells.z};
  const V x[3] = {delta.x * cells[0], delta.y * cells[1], delta.z * cells[2]};
  const T height = p.cells_product_sqr * T(factor * factor);
  const auto [sphere, slope] = sphere_sqr_slope(fma(x[0], x[0], fma(x[1], x[1], x[2] * x[2])) * p.fudge);
  const V by_radius = slope * (T(2) * height * p.fudge);
  LatticeSlopes<V> slopes;
  slopes.value = sphere * height;
  V by_x[3];
  for (int i = 0; i < 3; ++i) {
    by_x[i] = by_radius * x[i];
    slopes.by_cells[i] = (fma(by_x[i], x[i], slopes.value * T(2))) * (T(1) / cells[i]);
    slopes.by_cells[i + 3] = V(T(0));
  }
  slopes.by_index = {by_x[0] * cells[0], by_x[1] * cells[1], by_x[2] * cells[2]};
  return slopes;
}

}  // namespace nbk::physics
