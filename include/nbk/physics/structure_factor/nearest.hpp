// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/structure_factor/table.hpp"

namespace nbk::physics {

/// F of the nearest reflection. Consecutive evaluations of a pixel mostly hit the same reflection, so the last result
/// is kept and the table is only read when an index changed.
struct NearestF {
  template <class V, class L>
  struct State {
    Vec3<V> hkl{V(scalar_t<V>(1e30)), V(scalar_t<V>(1e30)), V(scalar_t<V>(1e30))};
    L intensity{};
    std::ptrdiff_t set_offset = 0;  ///< of the set's entries
  };

  static constexpr bool needs_exact_index = true;

  template <class V, class L>
  static KOKKOS_FORCEINLINE_FUNCTION L intensity(const StructureFactorTable<scalar_t<L>>& t, State<V, L>& last,
                                                 const Vec3<V>&, const Vec3<V>& nearest) {
    const auto same = nearest.x == last.hkl.x && nearest.y == last.hkl.y && nearest.z == last.hkl.z;
    if (any(!same)) {
      const L f = gather_amplitudes<L>(t, clamp_to_border(t, nearest), last.set_offset);
      last.hkl = nearest;
      last.intensity = t.squared(f);
    }
    return last.intensity;
  }
};

}  // namespace nbk::physics
