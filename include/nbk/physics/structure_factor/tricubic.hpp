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

/// Entries from one plane or row of a table to the next.
struct TableStrides {
  std::ptrdiff_t h = 0, k = 0;
};

/// Interpolates in the 4 x 4 x 4 stencil of each lane. Where all lanes share one, its 64 amplitudes are read once.
/// \param amplitude  of the set
/// \param base       from tricubic_base()
/// \param one        (corner, strides): the value of all lanes from one stencil
/// \param each       (corners, strides): the same from one stencil for each lane; on hosts only
template <class V, class T, class One, class Each>
KOKKOS_FORCEINLINE_FUNCTION auto at_stencils(const StructureFactorTable<T>& t, const T* amplitude, const Vec3<V>& base,
                                             const One& one, [[maybe_unused]] const Each& each) {
  using S = scalar_t<V>;
  const auto corner = [&](S h, S k, S l) -> const T* {
    return amplitude + t.offset(static_cast<int>(h) - 1, static_cast<int>(k) - 1, static_cast<int>(l) - 1);
  };
  const TableStrides strides{static_cast<std::ptrdiff_t>(t.k_count) * t.l_count, t.l_count};
  constexpr int width = PackTraits<V>::width;
  if constexpr (width == 1) {
    return one(corner(base.x, base.y, base.z), strides);
  } else {
    decltype(one(amplitude, strides)) value{};
    KOKKOS_IF_ON_HOST((
        S h[static_cast<std::size_t>(width)], k[static_cast<std::size_t>(width)], l[static_cast<std::size_t>(width)];
        store(base.x, static_cast<S*>(h)); store(base.y, static_cast<S*>(k)); store(base.z, static_cast<S*>(l));
        if (any(!(base.x == V(h[0]) && base.y == V(k[0]) && base.z == V(l[0])))) {
          const T* corners[static_cast<std::size_t>(width)];
          for (int i = 0; i < width; ++i) corners[i] = corner(h[i], k[i], l[i]);
          value = each(static_cast<const T* const*>(corners), strides);
        } else { value = one(corner(h[0], k[0], l[0]), strides); }))
    return value;
  }
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
      const Vec3<V> base = tricubic_base(t, hkl);
      const CubicWeights<L> wh(convert<L>(hkl.x - base.x)), wk(convert<L>(hkl.y - base.y)),
          wl(convert<L>(hkl.z - base.z));
      f = at_stencils(
          t, t.amplitude + set_offset, base,
          [&](const auto* corner, const auto& strides) { return tricubic(corner, strides.h, strides.k, wh, wk, wl); },
          [&](const auto& corners, const auto& strides) {
            scalar_t<L> lane[static_cast<std::size_t>(PackTraits<L>::width)];
            tricubic_lanes(corners, strides.h, strides.k, wh, wk, wl, static_cast<scalar_t<L>*>(lane));
            return load<L>(static_cast<const scalar_t<L>*>(lane));
          });
    }
    if (any(!inside)) {
      const L rough = gather_amplitudes<L>(t, clamp_to_border(t, nearest), set_offset);
      f = select(convert_mask<L>(inside), f, rough);
    }
    return t.squared(f);
  }
};

}  // namespace nbk::physics
