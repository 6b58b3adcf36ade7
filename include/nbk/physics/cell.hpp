// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/vec3.hpp"
#include "nbk/math/interpolation.hpp"
#include "nbk/physics/scattering.hpp"

#include <cstddef>

namespace nbk::physics {

/// Structure factors on a dense grid of Miller indices, with one more plane on every side that holds the default: an
/// index outside the box is moved onto that border and needs no test.
template <class T>
struct StructureFactorTable {
  const T* amplitude = nullptr;                  ///< [h][k][l], electrons; nullptr: no table
  int h_border = 0, k_border = 0, l_border = 0;  ///< indices of the lower border planes (h_min - 1, ...)
  int h_count = 0, k_count = 0, l_count = 0;     ///< planes, borders included
  T default_amplitude = 0;

  KOKKOS_FORCEINLINE_FUNCTION T at(int h, int k, int l) const { return amplitude[offset(h, k, l)]; }

  KOKKOS_FORCEINLINE_FUNCTION std::ptrdiff_t offset(int h, int k, int l) const {
    return (static_cast<std::ptrdiff_t>(h - h_border) * k_count + (k - k_border)) * l_count + (l - l_border);
  }
};

/// The whole indices moved into the table's box and its border.
template <class V, class T>
KOKKOS_FORCEINLINE_FUNCTION Vec3<V> clamp_to_border(const StructureFactorTable<T>& t, const Vec3<V>& hkl) {
  using S = scalar_t<V>;
  const auto clamp = [](const V& i, int border, int count) {
    return min(max(i, V(static_cast<S>(border))), V(static_cast<S>(border + count - 1)));
  };
  return {clamp(hkl.x, t.h_border, t.h_count), clamp(hkl.y, t.k_border, t.k_count),
          clamp(hkl.z, t.l_border, t.l_count)};
}

// A cell lookup is a stateless type with
//   State<V, L>                                  what it remembers between evaluations of one pack
//   intensity(table, state, hkl, nearest) -> F^2
// hkl are the fractional, nearest the whole Miller indices (in the geometry's number type); L is the pack of the
// result.

/// The same structure factor everywhere.
struct ConstantF {
  template <class V, class L>
  struct State {};

  static constexpr bool needs_exact_index = false;

  template <class V, class L>
  static KOKKOS_FORCEINLINE_FUNCTION L intensity(const StructureFactorTable<scalar_t<L>>& t, State<V, L>&,
                                                 const Vec3<V>&, const Vec3<V>&) {
    return L(t.default_amplitude * t.default_amplitude);
  }
};

/// F of each lane's own reflection, one lane after the other. The lanes' indices must be inside box and border.
template <class L, class V>
KOKKOS_FORCEINLINE_FUNCTION L gather_amplitudes(const StructureFactorTable<scalar_t<L>>& t, const Vec3<V>& hkl) {
  using S = scalar_t<V>;
  constexpr int width = PackTraits<V>::width;
  S h[width], k[width], l[width];
  scalar_t<L> f[width];
  store(hkl.x, static_cast<S*>(h));
  store(hkl.y, static_cast<S*>(k));
  store(hkl.z, static_cast<S*>(l));
  for (int i = 0; i < width; ++i) f[i] = t.at(static_cast<int>(h[i]), static_cast<int>(k[i]), static_cast<int>(l[i]));
  return load<L>(static_cast<const scalar_t<L>*>(f));
}

/// F of the nearest reflection. Consecutive evaluations of a pixel mostly hit the same reflection, so the last result
/// is kept and the table only read when an index changed.
struct NearestF {
  template <class V, class L>
  struct State {
    Vec3<V> hkl{V(scalar_t<V>(1e30)), V(scalar_t<V>(1e30)), V(scalar_t<V>(1e30))};
    L intensity{};
  };

  static constexpr bool needs_exact_index = true;

  template <class V, class L>
  static KOKKOS_FORCEINLINE_FUNCTION L intensity(const StructureFactorTable<scalar_t<L>>& t, State<V, L>& last,
                                                 const Vec3<V>&, const Vec3<V>& nearest) {
    const auto same = nearest.x == last.hkl.x && nearest.y == last.hkl.y && nearest.z == last.hkl.z;
    if (any(!same)) {
      const L f = gather_amplitudes<L>(t, clamp_to_border(t, nearest));
      last.hkl = nearest;
      last.intensity = f * f;
    }
    return last.intensity;
  }
};

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
  struct State {};

  static constexpr bool needs_exact_index = true;

  template <class V, class L>
  static KOKKOS_FORCEINLINE_FUNCTION L intensity(const StructureFactorTable<scalar_t<L>>& t, State<V, L>&,
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
      f = interpolate_lanes<L>(t, base, wh, wk, wl);
    }
    if (any(!inside)) {
      const L rough = gather_amplitudes<L>(t, clamp_to_border(t, nearest));
      f = select(convert_mask<L>(inside), f, rough);
    }
    return f * f;
  }

 private:
  template <class V>
  static KOKKOS_FORCEINLINE_FUNCTION V clamp_base(const V& i, int border, int count) {
    using S = scalar_t<V>;
    return min(max(i, V(static_cast<S>(border + 2))), V(static_cast<S>(border + count - 4)));
  }

  /// The stencil of each lane; where all lanes share one, its 64 amplitudes are the same for all of them.
  template <class L, class V>
  static KOKKOS_FORCEINLINE_FUNCTION L interpolate_lanes(const StructureFactorTable<scalar_t<L>>& t,
                                                         const Vec3<V>& base, const CubicWeights<L>& wh,
                                                         const CubicWeights<L>& wk, const CubicWeights<L>& wl) {
    using T [[maybe_unused]] = scalar_t<L>;  // not in device code
    const auto corner = [&](scalar_t<V> h, scalar_t<V> k, scalar_t<V> l) {
      return t.amplitude + t.offset(static_cast<int>(h) - 1, static_cast<int>(k) - 1, static_cast<int>(l) - 1);
    };
    const std::ptrdiff_t h_stride = static_cast<std::ptrdiff_t>(t.k_count) * t.l_count, k_stride = t.l_count;
    constexpr int width = PackTraits<V>::width;
    if constexpr (width == 1) {
      return tricubic(corner(base.x, base.y, base.z), h_stride, k_stride, wh, wk, wl);
    } else {
      L value{};
      KOKKOS_IF_ON_HOST((
          scalar_t<V> h[width], k[width], l[width]; store(base.x, static_cast<scalar_t<V>*>(h));
          store(base.y, static_cast<scalar_t<V>*>(k)); store(base.z, static_cast<scalar_t<V>*>(l));
          if (any(!(base.x == V(h[0]) && base.y == V(k[0]) && base.z == V(l[0])))) {
            const T* corners[width];
            T lane[width];
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
