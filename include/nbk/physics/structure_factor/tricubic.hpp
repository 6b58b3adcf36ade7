// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/interpolation.hpp"
#include "nbk/physics/structure_factor/table.hpp"

#include <cstddef>

namespace nbk::physics {

/// True where the 4 x 4 x 4 stencil of the tricubic interpolation fits: h_min + 2 <= h <= h_max - 2, likewise k and l.
template <class V, class T>
KOKKOS_FORCEINLINE_FUNCTION auto can_interpolate(const StructureFactorTable<T>& t, const Vec3<V>& hkl) {
  using S = scalar_t<V>;
  const auto fits = [](const V& i, int border, int count) {
    return V(static_cast<S>(border + 3)) <= i && i <= V(static_cast<S>(border + count - 4));
  };
  return fits(hkl.x, t.h_border, t.h_count) && fits(hkl.y, t.k_border, t.k_count) && fits(hkl.z, t.l_border, t.l_count);
}

/// F by tricubic interpolation where its stencil fits into the table, of the nearest reflection elsewhere.
struct TricubicF {
  template <class V, class L>
  struct State {
    std::ptrdiff_t set_offset = 0;  ///< of the set's entries
  };

  static constexpr bool needs_exact_index = true;

  template <class V, class L>
  static KOKKOS_FORCEINLINE_FUNCTION L intensity(const StructureFactorTable<scalar_t<L>>& t, State<V, L>& state,
                                                 const Vec3<V>& hkl, const Vec3<V>& nearest) {
    KOKKOS_IF_ON_HOST((return called<V, L>(t, state.set_offset, hkl, nearest);))
    KOKKOS_IF_ON_DEVICE((return inlined<V, L>(t, state.set_offset, hkl, nearest);))
  }

 private:
  /// One copy for all kernels of a host. The table by value: the caller's own may then stay in registers.
  template <class V, class L>
  [[gnu::noinline]] KOKKOS_FUNCTION static L called(StructureFactorTable<scalar_t<L>> t, std::ptrdiff_t set_offset,
                                                    const Vec3<V>& hkl, const Vec3<V>& nearest) {
    return inlined<V, L>(t, set_offset, hkl, nearest);
  }

  template <class V, class L>
  static KOKKOS_FORCEINLINE_FUNCTION L inlined(const StructureFactorTable<scalar_t<L>>& t, std::ptrdiff_t set_offset,
                                               const Vec3<V>& hkl, const Vec3<V>& nearest) {
    const auto inside = can_interpolate(t, hkl);
    L f{};
    if (any(inside)) {
      // lanes outside get the box's own corner, to stay inside the table; their value is replaced below
      const Vec3<V> base{clamp_base(floor(hkl.x), t.h_border, t.h_count),
                         clamp_base(floor(hkl.y), t.k_border, t.k_count),
                         clamp_base(floor(hkl.z), t.l_border, t.l_count)};
      const CubicWeights<L> wh(convert<L>(hkl.x - base.x)), wk(convert<L>(hkl.y - base.y)),
          wl(convert<L>(hkl.z - base.z));
      f = interpolate_lanes<L>(t, t.amplitude + set_offset, base, wh, wk, wl);
    }
    if (any(!inside)) {
      const L rough = gather_amplitudes<L>(t, clamp_to_border(t, nearest), set_offset);
      f = select(convert_mask<L>(inside), f, rough);
    }
    return t.squared(f);
  }

  template <class V>
  static KOKKOS_FORCEINLINE_FUNCTION V clamp_base(const V& i, int border, int count) {
    using S = scalar_t<V>;
    return min(max(i, V(static_cast<S>(border + 2))), V(static_cast<S>(border + count - 4)));
  }

  /// The stencil of each lane; where all lanes share one, its 64 amplitudes are the same for all of them.
  template <class L, class V>
  static KOKKOS_FORCEINLINE_FUNCTION L interpolate_lanes(const StructureFactorTable<scalar_t<L>>& t,
                                                         const scalar_t<L>* amplitude, const Vec3<V>& base,
                                                         const CubicWeights<L>& wh, const CubicWeights<L>& wk,
                                                         const CubicWeights<L>& wl) {
    using T [[maybe_unused]] = scalar_t<L>;  // not in device code
    const auto corner = [&](scalar_t<V> h, scalar_t<V> k, scalar_t<V> l) {
      return amplitude + t.offset(static_cast<int>(h) - 1, static_cast<int>(k) - 1, static_cast<int>(l) - 1);
    };
    const std::ptrdiff_t h_stride = static_cast<std::ptrdiff_t>(t.k_count) * t.l_count, k_stride = t.l_count;
    constexpr int width = PackTraits<V>::width;
    if constexpr (width == 1) {
      return tricubic(corner(base.x, base.y, base.z), h_stride, k_stride, wh, wk, wl);
    } else {
      L value{};
      KOKKOS_IF_ON_HOST((
          scalar_t<V> h[static_cast<std::size_t>(width)], k[static_cast<std::size_t>(width)],
          l[static_cast<std::size_t>(width)];
          store(base.x, static_cast<scalar_t<V>*>(h)); store(base.y, static_cast<scalar_t<V>*>(k));
          store(base.z, static_cast<scalar_t<V>*>(l));
          if (any(!(base.x == V(h[0]) && base.y == V(k[0]) && base.z == V(l[0])))) {
            const T* corners[static_cast<std::size_t>(width)];
            T lane[static_cast<std::size_t>(width)];
            for (int i = 0; i < width; ++i) corners[i] = corner(h[i], k[i], l[i]);
            tricubic_lanes(static_cast<const T* const*>(corners), h_stride, k_stride, wh, wk, wl,
                           static_cast<T*>(lane));
            value = load<L>(static_cast<const T*>(lane));
          } else { value = tricubic(corner(h[0], k[0], l[0]), h_stride, k_stride, wh, wk, wl); }))
      return value;
    }
  }
};

}  // namespace nbk::physics
