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

/// Returns the diffuse intensity with its slopes: the text of diffuse_intensity(), differentiated.
template <class V, class L>
KOKKOS_FORCEINLINE_FUNCTION DiffuseSlopes<L> diffuse_slopes(const DiffuseTable<scalar_t<L>>& table,
                                                            const StructureFactorTable<scalar_t<L>>& factors,
                                                            StencilState<V, L>& stencil, const Vec3<V>& nearest,
                                                            const Vec3<L>& rest) {
  using T = scalar_t<L>;
  using At = DiffuseSums;
  constexpr auto most = static_cast<std::size_t>(most_diffuse_operators);
  const L none(T(0));
  DiffuseSlopes<L> slopes;
  slopes.value = none;
  slopes.by_index = {none, none, none};
  for (L& sum : slopes.own) sum = none;
  if (!stencil.find(factors, nearest, table.stencil)) return slopes;
  const Vec3<L> index{convert<L>(nearest.x), convert<L>(nearest.y), convert<L>(nearest.z)};
  Vec3<L> whole[most], from[most], pull[most];
  L weight[most], weight_slope[most], halos[most];
  for (int o = 0; o < table.operators; ++o) {
    whole[o] = times(table.spread[o], index);
    const L e = displacement_exponent(table.displacement, whole[o]), decay = exp(-e);
    weight[o] = e * decay;
    weight_slope[o] = (L(T(1)) - e) * decay;
    from[o] = times(table.spread[o], rest);
    pull[o] = {none, none, none};
    halos[o] = none;
  }
  int offset = 0;
  for_each_stencil_offset(table.stencil, [&](int h, int k, int l) {
    const Vec3<T>* const steps = table.steps + offset * table.operators;
    const L intensity = stencil.intensity(factors, h, k, l);
    for (int o = 0; o < table.operators; ++o) {
      const Vec3<L> u = halo_distance(from[o], steps[o]);
      const L t = halo_denominator(u), halo = intensity / (t * t);
      const L slope = halo * weight[o] * T(-4) / t;
      halos[o] = halos[o] + halo;
      pull[o].x = fma(slope, u.x, pull[o].x);
      pull[o].y = fma(slope, u.y, pull[o].y);
      pull[o].z = fma(slope, u.z, pull[o].z);
      add_pairs(slope, u, slopes.own + (At::spread - At::halo));
    }
    ++offset;
  });
  for (int o = 0; o < table.operators; ++o) {
    slopes.value = fma(weight[o], halos[o], slopes.value);
    const Vec3<L> by_index = times(transposed(table.spread[o]), pull[o]);
    slopes.by_index += by_index;
    add_pairs(weight_slope[o] * halos[o], whole[o], slopes.own + (At::displacement - At::halo));
  }
  const L height = stencil.kept(factors, L(table.height));
  slopes.value = slopes.value * height;
  slopes.by_index = height * slopes.by_index;
  slopes.own[0] = slopes.value;
  for (int s = 1; s < At::own; ++s) slopes.own[s] = slopes.own[s] * height;
  return slopes;
}

}  // namespace nbk::physics
