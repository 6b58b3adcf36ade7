// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/structure_factor/lane_runs.hpp"
#include "nbk/physics/structure_factor/table.hpp"

namespace nbk::physics {

/// F of the nearest reflection. Consecutive evaluations of a pixel mostly hit the same reflection, so the last result
/// is kept and the table is only read when an index changed. Consecutive evaluations of a spectrum with several sets
/// want the same reflection of the next set, so that its place is kept, too.
struct NearestF {
  template <class V, class L>
  struct State {
    Vec3<V> hkl{V(scalar_t<V>(1e30)), V(scalar_t<V>(1e30)), V(scalar_t<V>(1e30))};
    L intensity{};
    std::ptrdiff_t set_offset = 0;        ///< of the set's entries
    std::ptrdiff_t read_offset = 0;       ///< of the set that `intensity` is of
    LaneRuns<PackTraits<V>::width> runs;  ///< places of the reflections in the table; filled with several sets only
  };

  static constexpr bool needs_exact_index = true;

  template <class V, class L>
  static KOKKOS_FORCEINLINE_FUNCTION L intensity(const StructureFactorTable<scalar_t<L>>& t, State<V, L>& last,
                                                 const Vec3<V>&, const Vec3<V>& nearest) {
    const auto same = nearest.x == last.hkl.x && nearest.y == last.hkl.y && nearest.z == last.hkl.z;
    if (any(!same)) {
      const Vec3<V> inside = clamp_to_border(t, nearest);
      last.hkl = nearest;
      if (t.sets > 1) {
        last.runs.find(t, inside);
        read(t, last);
      } else {
        last.intensity = t.squared(gather_amplitudes<L>(t, inside, 0));
      }
    } else if (last.read_offset != last.set_offset) {
      read(t, last);
    }
    return last.intensity;
  }

 private:
  template <class V, class L>
  static KOKKOS_FORCEINLINE_FUNCTION void read(const StructureFactorTable<scalar_t<L>>& t, State<V, L>& last) {
    last.intensity = t.squared(last.runs.template read<L>(t, last.set_offset));
    last.read_offset = last.set_offset;
  }
};

}  // namespace nbk::physics
