// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/diffuse_intensity.hpp"
#include "nbk/physics/diffuse_sums.hpp"

#include <cstddef>

namespace nbk::physics {

/// Diffuse intensity with its slopes. With u = 2 pi G M L (h - H - n), every change of u by du changes 1 / t^2 by
/// -4 u.du / t^3, and every change of e changes w = e exp(-e) by (1 - e) exp(-e) de. So derivatives by gamma, by sigma
/// and by the matrix M follow from the products of the components of u, and of U = 2 pi G M L H
/// (scene/diffuse_coefficients.hpp).
template <class V>
struct DiffuseSlopes {
  V value;                                            ///< electrons^2
  Vec3<V> by_index;                                   ///< by h, k, l
  V own[static_cast<std::size_t>(DiffuseSums::own)];  ///< those of DiffuseSums, from its first place on
};

/// Adds the products of a vector's components to sums, times a factor; pairs are xx, yy, zz, xy, yz, xz.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION void add_pairs(const V& factor, const Vec3<V>& u, V* sums) {
  const Vec3<V> scaled = factor * u;
  sums[0] = fma(scaled.x, u.x, sums[0]);
  sums[1] = fma(scaled.y, u.y, sums[1]);
  sums[2] = fma(scaled.z, u.z, sums[2]);
  sums[3] = fma(scaled.x, u.y, sums[3]);
  sums[4] = fma(scaled.y, u.z, sums[4]);
  sums[5] = fma(scaled.x, u.z, sums[5]);
}

/// The halos that one rotation of the Laue group has, while the stencil is gone through.
template <class V>
struct HalosOfOperator {
  Vec3<V> whole;           ///< 2 pi G M L H
  Vec3<V> from;            ///< 2 pi G M L (h - H)
  Vec3<V> pull;            ///< sum of the slopes by u
  V weight, weight_slope;  ///< w, and its slope by e
  V sum;                   ///< sum of F^2 / t^2

  /// Begins with no halo. \param index  H \param rest  h - H
  KOKKOS_FORCEINLINE_FUNCTION void begin(const DiffuseTable<scalar_t<V>>& table, int number, const Vec3<V>& index,
                                         const Vec3<V>& rest) {
    const V one(scalar_t<V>(1)), none(scalar_t<V>(0));
    whole = times(table.spread[number], index);
    const V e = displacement_exponent(table.displacement, whole), decay = exp(-e);
    weight = e * decay;
    weight_slope = (one - e) * decay;
    from = times(table.spread[number], rest);
    pull = {none, none, none};
    sum = none;
  }

  /// Adds the halo of a reflection.
  /// \param intensity  F^2
  /// \param step       2 pi G M L n
  /// \param slopes     receive the sums DiffuseSums::spread
  KOKKOS_FORCEINLINE_FUNCTION void add(const V& intensity, const Vec3<scalar_t<V>>& step, DiffuseSlopes<V>& slopes) {
    const Vec3<V> u = halo_distance(from, step);
    const V t = halo_denominator(u), halo = intensity / (t * t);
    const V slope = halo * weight * scalar_t<V>(-4) / t;
    sum = sum + halo;
    pull.x = fma(slope, u.x, pull.x);
    pull.y = fma(slope, u.y, pull.y);
    pull.z = fma(slope, u.z, pull.z);
    add_pairs(slope, u, slopes.own + (DiffuseSums::spread - DiffuseSums::halo));
  }

  /// Adds what all its halos have in common.
  KOKKOS_FORCEINLINE_FUNCTION void end(const DiffuseTable<scalar_t<V>>& table, int number,
                                       DiffuseSlopes<V>& slopes) const {
    slopes.value = fma(weight, sum, slopes.value);
    slopes.by_index += times(transposed(table.spread[number]), pull);
    add_pairs(weight_slope * sum, whole, slopes.own + (DiffuseSums::displacement - DiffuseSums::halo));
  }
};

/// Returns the diffuse intensity with its slopes: the text of diffuse_intensity(), differentiated, with the same two
/// orders of the sums.
template <class V, class L>
KOKKOS_FORCEINLINE_FUNCTION DiffuseSlopes<L> diffuse_slopes(const DiffuseTable<scalar_t<L>>& table,
                                                            const StructureFactorTable<scalar_t<L>>& factors,
                                                            StencilState<V, L>& stencil, const Vec3<V>& nearest,
                                                            const Vec3<L>& rest) {
  const L none(scalar_t<L>(0));
  DiffuseSlopes<L> slopes;
  slopes.value = none;
  slopes.by_index = {none, none, none};
  for (L& sum : slopes.own) sum = none;
  if (!stencil.find(factors, nearest, table.stencil)) return slopes;
  const Vec3<L> index{convert<L>(nearest.x), convert<L>(nearest.y), convert<L>(nearest.z)};
  if constexpr (PackTraits<L>::width == 1) {
    for (int o = 0; o < table.operators; ++o) {
      HalosOfOperator<L> halos;
      halos.begin(table, o, index, rest);
      int place = o;
      for_each_stencil_offset(table.stencil, [&](int h, int k, int l) {
        halos.add(stencil.intensity(factors, h, k, l), table.steps[place], slopes);
        place += table.operators;
      });
      halos.end(table, o, slopes);
    }
  } else {
    HalosOfOperator<L> halos[static_cast<std::size_t>(most_diffuse_operators)];
    for (int o = 0; o < table.operators; ++o) halos[o].begin(table, o, index, rest);
    const Vec3<scalar_t<L>>* steps = table.steps;
    for_each_stencil_offset(table.stencil, [&](int h, int k, int l) {
      const L intensity = stencil.intensity(factors, h, k, l);
      for (int o = 0; o < table.operators; ++o) halos[o].add(intensity, steps[o], slopes);
      steps += table.operators;
    });
    for (int o = 0; o < table.operators; ++o) halos[o].end(table, o, slopes);
  }
  const L height = stencil.kept(factors, L(table.height));
  slopes.value = slopes.value * height;
  slopes.by_index = height * slopes.by_index;
  slopes.own[0] = slopes.value;
  for (int s = 1; s < DiffuseSums::own; ++s) slopes.own[s] = slopes.own[s] * height;
  return slopes;
}

}  // namespace nbk::physics
