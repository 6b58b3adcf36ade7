// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/shape/lattice_slopes.hpp"

namespace nbk::physics {

/// Elements aa, bb, cc, ab, bc, ac of a symmetric matrix.
template <class T>
struct SymmetricElements {
  T value[6];
};

/// d ln(det^2 N) / dN of a symmetric matrix with the columns A, B, C, its pairs of elements together: the inverse of N
/// times 2, and off the diagonal times 4.
template <class T>
KOKKOS_FORCEINLINE_FUNCTION SymmetricElements<T> log_determinant_sqr_slopes(const Vec3<T> (&columns)[3]) {
  const auto& [a, b, c] = columns;
  const Vec3<T> bc = cross(b, c), ca = cross(c, a), ab = cross(a, b);
  const T twice = T(2) / dot(a, bc), four = twice + twice;
  return {{twice * bc.x, twice * ca.y, twice * ab.z, four * bc.y, four * ca.z, four * bc.z}};
}

/// Returns a squared radius G beyond which gauss_slopes() is exactly 0, with a margin for the rounding of G.
template <class T>
T dark_radius_sqr(const LatticeParameters<T>& p) {
  const T fall = p.fudge * T(2.0 / Gauss::width);
  if (!(T(0) < fall)) return T(1e30);
  return T(-1.001) * max(exp_cutoff<T>, p.lowest_gauss_exponent) / fall;
}

/// Gauss and its derivatives times a factor. With the radius r = N delta, N the matrix whose columns are the spot axes,
/// and g = -2 fudge / 0.63,
///
///     L = det(N)^2 exp(g r.r),   dL/ddelta = 2 g L N^T r,   dL/dN_ij = L (2 g r_i delta_j + d ln det(N)^2 / dN_ij)
///
/// Assumes a symmetric N in `corrected`: numbers of cells along axes at right angles on its diagonal.
/// \param times  the factor
template <class V>
KOKKOS_FORCEINLINE_FUNCTION LatticeSlopes<V> gauss_slopes(const LatticeParameters<scalar_t<V>>& p, const Vec3<V>& delta,
                                                          const V& times) {
  using T = scalar_t<V>;
  const auto& [a, b, c] = p.spot_axes;
  const V x = fma(delta.x, a.x, fma(delta.y, b.x, delta.z * c.x));
  const V y = fma(delta.x, a.y, fma(delta.y, b.y, delta.z * c.y));
  const V z = fma(delta.x, a.z, fma(delta.y, b.z, delta.z * c.z));
  const T fall = p.fudge * T(-2.0 / Gauss::width);
  const V exponent = fma(x, x, fma(y, y, z * z)) * fall;
  LatticeSlopes<V> slopes;
  slopes.value = exp_above(exponent, max(exp_cutoff<T>, p.lowest_gauss_exponent)) * (times * p.cells_product_sqr);
  const V twice = slopes.value * (fall + fall);
  const V r_x = twice * x, r_y = twice * y, r_z = twice * z;
  slopes.by_index = {fma(r_x, a.x, fma(r_y, a.y, r_z * a.z)), fma(r_x, b.x, fma(r_y, b.y, r_z * b.z)),
                     fma(r_x, c.x, fma(r_y, c.y, r_z * c.z))};
  const SymmetricElements<T> volume = log_determinant_sqr_slopes(p.spot_axes);
  slopes.by_cells[0] = fma(r_x, delta.x, slopes.value * volume.value[0]);
  slopes.by_cells[1] = fma(r_y, delta.y, slopes.value * volume.value[1]);
  slopes.by_cells[2] = fma(r_z, delta.z, slopes.value * volume.value[2]);
  slopes.by_cells[3] = fma(r_x, delta.y, fma(r_y, delta.x, slopes.value * volume.value[3]));
  slopes.by_cells[4] = fma(r_y, delta.z, fma(r_z, delta.y, slopes.value * volume.value[4]));
  slopes.by_cells[5] = fma(r_x, delta.z, fma(r_z, delta.x, slopes.value * volume.value[5]));
  return slopes;
}

/// Gauss and its derivatives.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION LatticeSlopes<V> lattice_slopes(Gauss, const LatticeParameters<scalar_t<V>>& p,
                                                            const Vec3<V>& delta) {
  return gauss_slopes(p, delta, V(scalar_t<V>(1)));
}

}  // namespace nbk::physics
