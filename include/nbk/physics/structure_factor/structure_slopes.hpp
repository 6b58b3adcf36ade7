// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/tricubic_slopes.hpp"
#include "nbk/physics/structure_factor/constant.hpp"
#include "nbk/physics/structure_factor/lookup.hpp"
#include "nbk/physics/structure_factor/nearest.hpp"
#include "nbk/physics/structure_factor/tricubic.hpp"

#include <cstddef>

namespace nbk::physics {

/// |F_cell|^2 together with its derivatives.
/// \tparam L  a number or a pack of numbers
template <class L>
struct StructureSlopes {
  L value;           ///< electrons^2
  Vec3<L> by_index;  ///< by the Miller indices h, k, l; read only of a lookup that varies_between_nodes
};

/// True where |F_cell|^2 changes with the index other than in jumps. A lookup of one's own says so by a member
/// `varies_between_nodes` and has a member `slopes` with the arguments of its `intensity`.
template <class Lookup>
inline constexpr bool varies_between_nodes = false;
template <>
inline constexpr bool varies_between_nodes<TricubicF> = true;
template <class Lookup>
  requires requires { Lookup::varies_between_nodes; }
inline constexpr bool varies_between_nodes<Lookup> = Lookup::varies_between_nodes;

/// The value and the derivatives of a lookup. Those that jump have the derivative 0.
template <class Lookup, class V, class L>
struct StructureSlopesOf {
  static KOKKOS_FORCEINLINE_FUNCTION StructureSlopes<L> get(const StructureFactorTable<scalar_t<L>>& t,
                                                            typename Lookup::template State<V, L>& state,
                                                            const Vec3<V>& hkl, const Vec3<V>& nearest) {
    if constexpr (varies_between_nodes<Lookup>) {
      return Lookup::template slopes<V, L>(t, state, hkl, nearest);
    } else {
      const L zero(scalar_t<L>(0));
      return {Lookup::template intensity<V, L>(t, state, hkl, nearest), {zero, zero, zero}};
    }
  }
};

/// Tricubic interpolation: d(F^2) = 2 F dF. Outside of the interpolated part of the table F is that of the nearest
/// reflection, with the derivative 0.
template <class V, class L>
struct StructureSlopesOf<TricubicF, V, L> {
  static KOKKOS_INLINE_FUNCTION StructureSlopes<L> get(const StructureFactorTable<scalar_t<L>>& of_all,
                                                       typename TricubicF::template State<V, L>& state,
                                                       const Vec3<V>& hkl, const Vec3<V>& nearest) {
    using T = scalar_t<L>;
    StructureFactorTable<T> t = of_all;
    t.amplitude += state.set_offset;
    const auto inside = can_interpolate(t, hkl);
    const L zero(T(0));
    TricubicSlopes<L> f{zero, zero, zero, zero};
    if (any(inside)) {
      const Vec3<V> base = tricubic_base(t, hkl);
      const TricubicWeights<L> weights(convert<L>(hkl.x - base.x), convert<L>(hkl.y - base.y),
                                       convert<L>(hkl.z - base.z));
      f = interpolate(t, base, weights);
    }
    if (any(!inside)) {
      const auto within = convert_mask<L>(inside);
      f = {select(within, f.value, gather_amplitudes<L>(t, clamp_to_border(t, nearest), 0)),
           select(within, f.first, zero), select(within, f.second, zero), select(within, f.third, zero)};
    }
    if (t.intensities) return {f.value, {f.first, f.second, f.third}};
    const L twice = f.value + f.value;
    return {f.value * f.value, {twice * f.first, twice * f.second, twice * f.third}};
  }

 private:
  static KOKKOS_FORCEINLINE_FUNCTION TricubicSlopes<L> interpolate(const StructureFactorTable<scalar_t<L>>& t,
                                                                   const Vec3<V>& base,
                                                                   const TricubicWeights<L>& weights) {
    return at_stencils(
        t, t.amplitude, base,
        [&](const auto* corner, const auto& strides) { return tricubic_slopes(corner, strides.h, strides.k, weights); },
        [&](const auto& corners, const auto& strides) {
          return tricubic_slopes_of_lanes(corners, strides.h, strides.k, weights);
        });
  }
};

}  // namespace nbk::physics
