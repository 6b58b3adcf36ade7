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

/// The corner of the stencil of each lane, moved into the table where a lane cannot be interpolated.
template <class V, class T>
KOKKOS_FORCEINLINE_FUNCTION Vec3<V> tricubic_base(const StructureFactorTable<T>& t, const Vec3<V>& hkl) {
  using S = scalar_t<V>;
  const auto clamp = [](const V& i, int border, int count) {
    return min(max(i, V(static_cast<S>(border + 2))), V(static_cast<S>(border + count - 4)));
  };
  return {clamp(floor(hkl.x), t.h_border, t.h_count), clamp(floor(hkl.y), t.k_border, t.k_count),
          clamp(floor(hkl.z), t.l_border, t.l_count)};
}

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
    using T [[maybe_unused]] = scalar_t<L>;
    const auto corner = [&](scalar_t<V> h, scalar_t<V> k, scalar_t<V> l) {
      return t.amplitude + t.offset(static_cast<int>(h) - 1, static_cast<int>(k) - 1, static_cast<int>(l) - 1);
    };
    const std::ptrdiff_t h_stride = static_cast<std::ptrdiff_t>(t.k_count) * t.l_count, k_stride = t.l_count;
    constexpr int width = PackTraits<V>::width;
    if constexpr (width == 1) {
      return tricubic_slopes(corner(base.x, base.y, base.z), h_stride, k_stride, weights);
    } else {
      TricubicSlopes<L> slopes{};
      KOKKOS_IF_ON_HOST((
          scalar_t<V> h[static_cast<std::size_t>(width)], k[static_cast<std::size_t>(width)],
          l[static_cast<std::size_t>(width)];
          store(base.x, static_cast<scalar_t<V>*>(h)); store(base.y, static_cast<scalar_t<V>*>(k));
          store(base.z, static_cast<scalar_t<V>*>(l));
          if (any(!(base.x == V(h[0]) && base.y == V(k[0]) && base.z == V(l[0])))) {
            const T* corners[static_cast<std::size_t>(width)];
            for (int i = 0; i < width; ++i) corners[i] = corner(h[i], k[i], l[i]);
            slopes = tricubic_slopes_of_lanes(static_cast<const T* const*>(corners), h_stride, k_stride, weights);
          } else { slopes = tricubic_slopes(corner(h[0], k[0], l[0]), h_stride, k_stride, weights); }))
      return slopes;
    }
  }
};

}  // namespace nbk::physics
