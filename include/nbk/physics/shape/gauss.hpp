// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/shape/spot_radius.hpp"

#include <algorithm>
#include <cmath>
#include <string_view>

namespace nbk::physics {

/// Gaussian spots: F_latt = Na Nb Nc exp(-G fudge / 0.63), G the squared radius. Source: nanoBragg's GAUSS.
struct Gauss {
  static constexpr std::string_view name = "gauss";
  static constexpr bool compact = true;

  /// Fall-off of the exponent.
  static constexpr double width = 0.63;

  /// Exponent of |F_latt|^2 below which F_latt is 0. In double that is 2 ln 2^-1075, where exp() of F_latt's exponent
  /// is 0; in float nothing is left there.
  template <class T>
  static constexpr T lowest_exponent = is_single<T> ? exp_cutoff<T> : T(-1490.2664382);

  /// Parameters that no other shape reads.
  template <class T>
  struct Parameters {
    T lowest_gauss_exponent = lowest_exponent<T>;  ///< that, or the logarithm of Crystal::intensity_cut
  };

  template <class T>
  static Parameters<T> parameters(const CrystalParameters<double>& crystal) {
    if (!(crystal.intensity_cut > 0)) return {};
    return {static_cast<T>(std::max(static_cast<double>(lowest_exponent<T>), std::log(crystal.intensity_cut)))};
  }

  template <class V>
  static KOKKOS_FORCEINLINE_FUNCTION V intensity(const LatticeParameters<scalar_t<V>>& p, const Vec3<V>& delta) {
    const V sqr = spot_radius_sqr(p, delta);
    if (!any(V(p.lowest_gauss_exponent) <= exponent_at(p, sqr))) return V(scalar_t<V>(0));
    return at_radius(p, sqr);
  }

  /// The same at a squared radius G, for what is mostly in a spot.
  template <class V>
  static KOKKOS_FORCEINLINE_FUNCTION V at_radius(const LatticeParameters<scalar_t<V>>& p, const V& sqr) {
    using T = scalar_t<V>;
    const V exponent = exponent_at(p, sqr);
    if constexpr (is_single<T>) return exp_above(exponent, p.lowest_gauss_exponent) * p.cells_product_sqr;
    const V value = exp(exponent) * p.cells_product_sqr;
    constexpr T almost_nothing = is_single<T> ? T(0) : T(1e-300);
    return select(V(p.lowest_gauss_exponent) <= exponent, max(value, V(almost_nothing)), V(T(0)));
  }

  /// Exponent of |F_latt|^2 below which a spot is invisible: e^-230 of a spot is nothing in a float image whose spots
  /// have fewer than 1e54 photons.
  static constexpr double invisible_exponent = -230;

  /// Squared radius G beyond which the factor is 0 in the number type T, or nothing to a sum.
  template <class T>
  static double reach_sqr(const CrystalParameters<double>& crystal, SpotEnd end) {
    const auto zero = static_cast<double>(parameters<T>(crystal).lowest_gauss_exponent);
    const double lowest = end == SpotEnd::exactly_zero ? zero : std::max(invisible_exponent, zero);
    return lowest * (-width / 2) / crystal.fudge;
  }

  static Vec3d inverse_widths(const CrystalParameters<double>& crystal) { return spot_axis_lengths(crystal); }

 private:
  template <class V>
  static KOKKOS_FORCEINLINE_FUNCTION V exponent_at(const LatticeParameters<scalar_t<V>>& p, const V& sqr) {
    return sqr * (p.fudge * scalar_t<V>(-2.0 / width));
  }
};

}  // namespace nbk::physics
