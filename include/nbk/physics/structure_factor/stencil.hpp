// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/structure_factor/lane_runs.hpp"
#include "nbk/physics/structure_factor/table.hpp"

#include <cstddef>

namespace nbk::physics {

/// Calls f(h, k, l) for all offsets of a stencil, -size ... size along each index, l fastest.
template <class F>
KOKKOS_FORCEINLINE_FUNCTION void for_each_stencil_offset(int size, const F& f) {
  for (int h = -size; h <= size; ++h) {
    for (int k = -size; k <= size; ++k) {
      for (int l = -size; l <= size; ++l) f(h, k, l);
    }
  }
}

/// Structure factors of the reflections about the nearest one, for one pack of pixels. The place of that is kept, so
/// that it is found again only where an index changed.
/// \tparam V  pack of indices
/// \tparam L  pack of intensities
template <class V, class L>
class StencilState {
 public:
  std::ptrdiff_t set_offset = 0;  ///< of the entries of the set that is read from those of set 0

  // A defaulted one is a function of the host alone for nvcc, where classes with constructors of their own call it.
  KOKKOS_FORCEINLINE_FUNCTION StencilState() {}  // NOLINT(modernize-use-equals-default)

  /// Takes the stencil about whole indices. Returns false where it leaves the table in all lanes.
  KOKKOS_FORCEINLINE_FUNCTION bool find(const StructureFactorTable<scalar_t<L>>& t, const Vec3<V>& nearest, int size) {
    if (t.amplitude == nullptr) return true;
    const auto same = nearest.x == m_nearest.x && nearest.y == m_nearest.y && nearest.z == m_nearest.z;
    if (any(!same)) {
      m_nearest = nearest;
      m_fits = t.h_count > 2 * size + 2 && t.k_count > 2 * size + 2 && t.l_count > 2 * size + 2;
      if (!m_fits) return false;
      const Vec3<V> inside{within(nearest.x, t.h_border, t.h_count, size),
                           within(nearest.y, t.k_border, t.k_count, size),
                           within(nearest.z, t.l_border, t.l_count, size)};
      const V one(scalar_t<V>(1)), none(scalar_t<V>(0));
      const auto all_inside = inside.x == nearest.x && inside.y == nearest.y && inside.z == nearest.z;
      m_fits = any(all_inside);
      m_inside = convert<L>(select(all_inside, one, none));
      if (m_fits) m_runs.find(t, inside);
    }
    return m_fits;
  }

  /// |F|^2 of a reflection of the stencil, electrons^2; of any one in lanes whose stencil leaves the table.
  KOKKOS_FORCEINLINE_FUNCTION L intensity(const StructureFactorTable<scalar_t<L>>& t, int h, int k, int l) const {
    if (t.amplitude == nullptr) return L(t.default_intensity);
    const std::ptrdiff_t row = static_cast<std::ptrdiff_t>(h) * t.k_count + k;
    return t.squared(m_runs.template read<L>(t, (row * t.l_count + l) * t.step + set_offset));
  }

  /// Returns a value in lanes whose stencil is inside of the table and whose own |F|^2 is not 0, else 0.
  KOKKOS_FORCEINLINE_FUNCTION L kept(const StructureFactorTable<scalar_t<L>>& t, const L& value) const {
    const L none(scalar_t<L>(0)), own = intensity(t, 0, 0, 0);
    if (t.amplitude == nullptr) return select(own == none, none, value);
    return select(own == none, none, value * m_inside);
  }

 private:
  /// An index moved to where the stencil fits along it.
  static KOKKOS_FORCEINLINE_FUNCTION V within(const V& index, int border, int count, int size) {
    using S = scalar_t<V>;
    return min(max(index, V(static_cast<S>(border + 1 + size))), V(static_cast<S>(border + count - 2 - size)));
  }

  Vec3<V> m_nearest{V(scalar_t<V>(1e30)), V(scalar_t<V>(1e30)), V(scalar_t<V>(1e30))};
  L m_inside{};
  bool m_fits = false;
  LaneRuns<PackTraits<V>::width> m_runs;
};

}  // namespace nbk::physics
