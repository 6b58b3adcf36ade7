// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/math/elementary.hpp"
#include "nbk/physics/shape/crystal_parameters.hpp"

#include <string_view>

namespace nbk::physics {

/// (sin y - y cos y)^2 / u^6, y = pi u, of the squared argument u^2: the squared transform of a sphere,
/// (3 (sin y / y - cos y) / y^2)^2, but for the factor in `Round`.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V sphere_sqr(const V& u_sqr) {
  using T = scalar_t<V>;
  constexpr T pi = constants::pi<T>;
  constexpr T by_series = is_single<T> ? T(0.04) : T(0.002);
  const V safe = max(u_sqr, V(by_series));
  const auto [u, inverse_u_sqr] = root_and_inverse(safe);
  const V reduced = u - round_any(u);  // the common sign of sine and cosine vanishes in the square
  const V difference = fma(u * -pi, cospi_reduced(reduced), sinpi_reduced(reduced));
  const V f = difference * inverse_u_sqr;
  V value = f * f * inverse_u_sqr;
  const auto central = u_sqr < V(by_series);
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
///
/// nanoBragg's difference of sines cancels to 0 in the centre of a spot, up to y of about 1.05e-8 and with some luck up
/// to 2.6e-8. With `hollow_spots` the factor is 0 up to there, in double. Only the pixel that the beam hits can see it.
struct Round {
  static constexpr std::string_view name = "round";
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

  static Vec3d inverse_widths(const CrystalParameters<double>& crystal) { return crystal.cells; }
};

}  // namespace nbk::physics
