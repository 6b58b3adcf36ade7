// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/evaluation_adder.hpp"
#include "nbk/kernel/pixel_sums_kind.hpp"
#include "nbk/kernel/split_index.hpp"
#include "nbk/physics/diffuse_slopes.hpp"
#include "nbk/physics/scattering.hpp"

namespace nbk::kernel {
inline namespace NBK_ISA {

/// All sums, and those of diffuse scattering.
struct HaloSums {
  static constexpr bool everything = true;                   ///< see CrystalSums
  static constexpr int count = physics::DiffuseSums::count;  ///< see CrystalSums
};

/// The halos that a pack of pixels sees in one orientation and wavelength, with their derivatives.
template <class Types, class PrecisionT>
struct HaloEvaluation {
  using Geometry = typename Types::Geometry;
  using Value = typename Types::Lattice;
  using Number = scalar_t<Geometry>;
  using T = scalar_t<Value>;
  using Own = physics::DiffuseSums;
  using Stencil = physics::StencilState<Geometry, Value>;

  const Tables<PrecisionT>& tables;
  const DerivativeTables<PrecisionT>& more;
  const Wave<Number>& wave;
  int orientation;

  /// Adds the terms, each with the factors of its source direction.
  /// \param stencil  memory of the pack
  /// \param own      the sums of DiffuseSums, from its first place on
  template <class Indices>
  KOKKOS_FORCEINLINE_FUNCTION void add(const Indices& indices, const PackInSource<Types>& in, Stencil& stencil,
                                       SourceSums<AllSums, Value>& to, Value* own) const {
    const auto h = split_index<true, Value>(indices.h()), k = split_index<true, Value>(indices.k()),
               l = split_index<true, Value>(indices.l());
    stencil.set_offset = wave.structure_factor_set * tables.structure_factors.step_of_set;
    const auto slopes =
        physics::diffuse_slopes(*tables.diffuse, tables.structure_factors, stencil,
                                Vec3<Geometry>{h.nearest, k.nearest, l.nearest}, Vec3<Value>{h.rest, k.rest, l.rest});
    Value weight(static_cast<T>(wave.weight));
    if (tables.dmin_A > Number(0)) {
      const auto beyond = physics::beyond_resolution(in.length, tables.dmin_A, wave.wavelength_A);
      weight = select(convert_mask<Value>(beyond), Value(T(0)), weight);
    }
    to.energy = fma(weight, slopes.value, to.energy);
    const Value factor = in.factor * weight;
    const Vec3<Value> v = weight * slopes.by_index;
    const Vec3<Value> index{convert<Value>(h.value), convert<Value>(k.value), convert<Value>(l.value)};
    add_product(in.factor * v, index, to.strain);
    const Value inverse(static_cast<T>(wave.inverse_wavelength_per_A));
    const Vec3<Value> scaled = inverse * v;
    to.wavelength = fma(in.factor, fused_dot(scaled, index), to.wavelength);
    const Vec3<Value> u = moved(more.orientations[orientation], scaled);
    to.push += u;
    add_twists(more, orientation, in.difference, in.factor * u, static_cast<Value*>(to.twist));
    for (int s = 0; s < Own::own; ++s) own[s] = fma(factor, slopes.own[s], own[s]);
  }
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
