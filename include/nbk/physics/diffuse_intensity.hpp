// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"
#include "nbk/math/elementary.hpp"
#include "nbk/physics/structure_factor/stencil.hpp"

#include <cstddef>

/// \file
/// Diffuse scattering of displacements that are correlated over a length ("liquid-like motions").
///
/// Every reflection H + n near an index h has a halo, whose intensity is added to that of the spots:
///
///     F^2 F_latt^2  becomes  F^2 F_latt^2 + c / n_L  sum over n  F(H + n)^2  sum over L  w_L(H)  8 pi det G / t^2
///
///     w = e exp(-e),   e = 4 pi^2 |S M L H|^2,   t = 1 + 4 pi^2 |G M L (h - H - n)|^2
///
/// H = nearest whole indices of h. n = offsets of the stencil, -s ... s along each index. L = the n_L rotations of the
/// Laue group, on columns of indices. M L h = scattering vector in the axes of the displacements, 1/Angstrom. G =
/// diag(gamma), S = diag(sigma). c = normalisation: 1 / (2 s + 1)^3, or 8 pi^3 / V (0.63 pi / fudge)^(3/2) with the
/// volume V of the cell.
///
/// Assumptions: the correlation of displacements falls as exp(-distance / gamma), whose Fourier transform is
/// 8 pi gamma^3 / t^2. Displacements are those of a Debye-Waller factor exp(-e). A reflection whose F is 0 has no
/// halos in its cell, nor has one whose stencil leaves the table. The intensity jumps where an index passes a half.
///
/// Units: gamma and sigma in Angstrom, intensities in electrons^2.
///
/// Sources: Caspar, Clarage, Salunke and Clarage, Nature 332 (1988) 659; Peck, Poitevin and Lane, IUCrJ 5 (2018) 211;
/// the sum over the stencil is that of diffBragg (cctbx_project 8a8adcb, 2026). The slopes stand in
/// physics/diffuse_slopes.hpp; `golden/truth` compares both with numbers that were made without nbk.

namespace nbk::physics {

/// Rotations of a Laue group, at most.
inline constexpr int most_diffuse_operators = 24;

/// Parameters of diffuse scattering in the numbers of a kernel. The tables' memory belongs to a plan.
template <class T>
struct DiffuseTable {
  const Mat3<T>* spread = nullptr;  ///< [operator]: 2 pi G M L
  const Vec3<T>* steps = nullptr;   ///< [offset of the stencil][operator]: 2 pi G M L n
  Vec3<T> displacement{};           ///< sigma / gamma along each axis
  T height = 0;                     ///< c / n_L 8 pi det G
  int operators = 0;                ///< n_L
  int stencil = 0;                  ///< s
};

/// Product of a matrix of numbers and a vector of numbers or packs.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION Vec3<V> times(const Mat3<scalar_t<V>>& m, const Vec3<V>& v) {
  const auto along = [&](const Vec3<scalar_t<V>>& row) { return fma(v.x, V(row.x), fma(v.y, V(row.y), v.z * row.z)); };
  return {along(m.row0), along(m.row1), along(m.row2)};
}

/// Returns e of a reflection.
/// \param spread_index  2 pi G M L H
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V displacement_exponent(const Vec3<scalar_t<V>>& displacement,
                                                    const Vec3<V>& spread_index) {
  const V x = spread_index.x * displacement.x, y = spread_index.y * displacement.y, z = spread_index.z * displacement.z;
  return fma(x, x, fma(y, y, z * z));
}

/// Returns t of a halo.
/// \param distance  2 pi G M L (h - H - n)
template <class V>
KOKKOS_FORCEINLINE_FUNCTION V halo_denominator(const Vec3<V>& distance) {
  return fma(distance.x, distance.x, fma(distance.y, distance.y, fma(distance.z, distance.z, V(scalar_t<V>(1)))));
}

/// The vector 2 pi G M L (h - H - n) of a halo.
/// \param from  2 pi G M L (h - H)
/// \param step  2 pi G M L n
template <class V>
KOKKOS_FORCEINLINE_FUNCTION Vec3<V> halo_distance(const Vec3<V>& from, const Vec3<scalar_t<V>>& step) {
  return {from.x - V(step.x), from.y - V(step.y), from.z - V(step.z)};
}

/// The sum over operators and stencil, one operator after the other: for single numbers, all of which stay in
/// registers.
template <class V, class L>
KOKKOS_FORCEINLINE_FUNCTION L halos_by_operator(const DiffuseTable<scalar_t<L>>& table,
                                                const StructureFactorTable<scalar_t<L>>& factors,
                                                const StencilState<V, L>& stencil, const Vec3<L>& index,
                                                const Vec3<L>& rest) {
  L sum(scalar_t<L>(0));
  for (int o = 0; o < table.operators; ++o) {
    const L e = displacement_exponent(table.displacement, times(table.spread[o], index));
    const Vec3<L> from = times(table.spread[o], rest);
    L halos(scalar_t<L>(0));
    int place = o;
    for_each_stencil_offset(table.stencil, [&](int h, int k, int l) {
      const L t = halo_denominator(halo_distance(from, table.steps[place]));
      halos = halos + stencil.intensity(factors, h, k, l) / (t * t);
      place += table.operators;
    });
    sum = fma(e * exp(-e), halos, sum);
  }
  return sum;
}

/// The same, one reflection of the stencil after the other: for packs, whose structure factors take longest to read.
template <class V, class L>
KOKKOS_FORCEINLINE_FUNCTION L halos_by_reflection(const DiffuseTable<scalar_t<L>>& table,
                                                  const StructureFactorTable<scalar_t<L>>& factors,
                                                  const StencilState<V, L>& stencil, const Vec3<L>& index,
                                                  const Vec3<L>& rest) {
  Vec3<L> from[static_cast<std::size_t>(most_diffuse_operators)];
  L weight[static_cast<std::size_t>(most_diffuse_operators)];
  for (int o = 0; o < table.operators; ++o) {
    const L e = displacement_exponent(table.displacement, times(table.spread[o], index));
    weight[o] = e * exp(-e);
    from[o] = times(table.spread[o], rest);
  }
  L sum(scalar_t<L>(0));
  const Vec3<scalar_t<L>>* steps = table.steps;
  for_each_stencil_offset(table.stencil, [&](int h, int k, int l) {
    L halos(scalar_t<L>(0));
    for (int o = 0; o < table.operators; ++o) {
      const L t = halo_denominator(halo_distance(from[o], steps[o]));
      halos = halos + weight[o] / (t * t);
    }
    sum = fma(stencil.intensity(factors, h, k, l), halos, sum);
    steps += table.operators;
  });
  return sum;
}

/// Returns the diffuse part of |F_cell|^2 |F_latt|^2, electrons^2.
/// \param table    parameters
/// \param factors  structure factors
/// \param stencil  memory of this pack of pixels
/// \param nearest  whole Miller indices H
/// \param rest     h - H
template <class V, class L>
KOKKOS_FORCEINLINE_FUNCTION L diffuse_intensity(const DiffuseTable<scalar_t<L>>& table,
                                                const StructureFactorTable<scalar_t<L>>& factors,
                                                StencilState<V, L>& stencil, const Vec3<V>& nearest,
                                                const Vec3<L>& rest) {
  if (!stencil.find(factors, nearest, table.stencil)) return L(scalar_t<L>(0));
  const Vec3<L> index{convert<L>(nearest.x), convert<L>(nearest.y), convert<L>(nearest.z)};
  if constexpr (PackTraits<L>::width == 1) {
    return stencil.kept(factors, halos_by_operator(table, factors, stencil, index, rest) * table.height);
  } else {
    return stencil.kept(factors, halos_by_reflection(table, factors, stencil, index, rest) * table.height);
  }
}

}  // namespace nbk::physics
