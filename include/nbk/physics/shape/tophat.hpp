// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/shape/spot_radius.hpp"

#include <string_view>

namespace nbk::physics {

/// Flat-topped spots: F_latt = Na Nb Nc where G fudge < 0.3969 = 0.63^2, else 0. Source: nanoBragg's TOPHAT.
struct Tophat {
  static constexpr std::string_view name = "tophat";
  static constexpr bool compact = true;

  /// Squared radius of the top.
  static constexpr double radius_sqr = 0.3969;

  template <class V>
  static KOKKOS_FORCEINLINE_FUNCTION V intensity(const LatticeParameters<scalar_t<V>>& p, const Vec3<V>& delta) {
    return at_radius(p, spot_radius_sqr(p, delta));
  }

  /// The same at a squared radius G.
  template <class V>
  static KOKKOS_FORCEINLINE_FUNCTION V at_radius(const LatticeParameters<scalar_t<V>>& p, const V& sqr) {
    using T = scalar_t<V>;
    return select(sqr * p.fudge < V(T(radius_sqr)), V(p.cells_product_sqr), V(T(0)));
  }

  /// Squared radius G beyond which the factor is 0.
  template <class T>
  static double reach_sqr(const CrystalParameters<double>& crystal, SpotEnd) {
    return radius_sqr / crystal.fudge;
  }

  static Vec3d inverse_widths(const CrystalParameters<double>& crystal) { return spot_axis_lengths(crystal); }
};

}  // namespace nbk::physics
