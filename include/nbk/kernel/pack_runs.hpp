// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/source_terms.hpp"
#include "nbk/kernel/spot_line.hpp"
#include "nbk/kernel/wavelength_window.hpp"
#include "nbk/plan/spot_entry.hpp"
#include "nbk/plan/tables.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Wavelengths of a pack that see a spot.
/// \tparam Lattice  a pack
template <class Lattice>
struct PackRun {
  int pack;
  int next;  // run of the same pack, in no order; < 0: none
  WaveRun waves;
  const SpotEntry* entry;
  Lattice middle;  // of SpotLine::within()
};

/// One orientation in one source direction.
template <class Geometry, class PrecisionT>
struct OrientationInSource {
  const Tables<PrecisionT>& tables;
  const physics::CellAxes<scalar_t<Geometry>> axes;
  const SourceGroup<scalar_t<Geometry>>& group;
  const ScatteringVectors<Geometry>& vectors;
};

/// The reflection of a spot, the same in all lanes.
template <class Geometry>
KOKKOS_FORCEINLINE_FUNCTION Vec3<Geometry> reflection_of(const SpotEntry& entry) {
  using Number = scalar_t<Geometry>;
  return {Geometry(static_cast<Number>(entry.h)), Geometry(static_cast<Number>(entry.k)),
          Geometry(static_cast<Number>(entry.l))};
}

/// Calls visit(pack, wavelengths, middle, scaled, line) for the packs of a rectangle that see its spot. There are no
/// indices and no line where wavelengths are in no order.
/// \param places  TilePlaces
template <class Lattice, class Places, class Geometry, class PrecisionT, class Visit>
KOKKOS_FORCEINLINE_FUNCTION void for_each_run(const Places& places, const OrientationInSource<Geometry, PrecisionT>& of,
                                              const SpotEntry& entry, const Visit& visit) {
  using Number = scalar_t<Geometry>;
  using T = scalar_t<Lattice>;
  const Tables<PrecisionT>& tables = of.tables;
  const SourceGroup<Number>& group = of.group;
  const Number first = tables.waves[group.first].inverse_wavelength_per_A;
  const Number last = tables.waves[group.first + group.count - 1].inverse_wavelength_per_A;
  const Number middle = Number(0.5) * (first + last);
  const T half = static_cast<T>(abs(last - first)) * T(0.5) + static_cast<T>(middle) * T(1e-5);
  const bool ordered = group.waves_per_inverse != Number(0);
  const auto nearest = reflection_of<Geometry>(entry);
  int packs[static_cast<std::size_t>(Places::block_packs)];
  int count = 0;
  places.visit_packs(entry, [&](int pack) { packs[count++] = pack; });
  for (int i = 0; i < count; ++i) {
    const int pack = packs[i];
    if (!ordered) {
      visit(pack, WaveRun{group.first, group.first + group.count}, Lattice(T(0)), nearest, nullptr);
      continue;
    }
    const Vec3<Geometry> scaled = physics::miller_indices(of.axes, of.vectors.q[pack]);
    const auto slope = SpotSlope<Lattice>::of(tables.lattice, scaled);
    SpotLine<Lattice, Geometry> line(tables.lattice, scaled, nearest, slope);
    Lattice middles;
    const InverseRange<T> range = line.within(middle, tables.spots.radius_sqr, half, &middles);
    if (!(range.least <= range.most)) continue;
    const WaveRun run = waves_in(tables.waves, group, middle, range);
    if (run.begin < run.end) visit(pack, run, middles, scaled, &line);
  }
}

/// The runs of the packs of a block, found spot by spot and gone through pack by pack. One type for all scatterers; for
/// hosts.
template <class Lattice, int MostPacks>
class PackRuns {
 public:
  /// Takes all runs away.
  void clear() {
    m_runs.clear();
    std::fill_n(m_first, most, -1);
  }

  /// Finds the runs of a spot.
  /// \param places  TilePlaces
  template <class PrecisionT, class Places, class Geometry>
  KOKKOS_FORCEINLINE_FUNCTION void find(const Places& places, const OrientationInSource<Geometry, PrecisionT>& of,
                                        const SpotEntry& entry) {
    for_each_run<Lattice>(places, of, entry,
                          [&](int pack, const WaveRun& waves, const Lattice& middle, const Vec3<Geometry>&,
                              SpotLine<Lattice, Geometry>*) {
                            m_runs.push_back({pack, m_first[pack], waves, &entry, middle});
                            m_first[pack] = static_cast<int>(m_runs.size()) - 1;
                          });
  }

  /// Returns true if a pack has a run.
  bool has(int pack) const { return m_first[pack] >= 0; }

  /// Turns to a pack with runs.
  /// \param group  of the runs
  /// \param apart  false: where its spots lie does not matter
  /// \return true if each lane passes the spots of order() one after the other; else these are by first wavelength
  template <class Number>
  [[gnu::noinline]] bool take(int pack, const SourceGroup<Number>& group, bool apart) {
    m_order.clear();
    for (int i = m_first[pack]; i >= 0; i = m_runs[static_cast<std::size_t>(i)].next)
      m_order.push_back(&m_runs[static_cast<std::size_t>(i)]);
    if (m_order.size() > 1) {
      std::sort(m_order.begin(), m_order.end(), [](const PackRun<Lattice>* x, const PackRun<Lattice>* y) {
        const int of_x = x->waves.begin + x->waves.end, of_y = y->waves.begin + y->waves.end;
        return of_x != of_y ? of_x < of_y : x->waves.begin < y->waves.begin;
      });
      apart = apart && in_order(group);
    }
    if (apart) return true;
    std::sort(m_order.begin(), m_order.end(),
              [](const PackRun<Lattice>* x, const PackRun<Lattice>* y) { return x->waves.begin < y->waves.begin; });
    return false;
  }

  /// The runs of the pack of the last take().
  const std::vector<const PackRun<Lattice>*>& order() const { return m_order; }

 private:
  using T = scalar_t<Lattice>;

  /// Returns true if each lane passes the spots of m_order one after the other.
  template <class Number>
  bool in_order(const SourceGroup<Number>& group) const {
    const bool rising = Number(0) < group.waves_per_inverse;
    for (std::size_t i = 1; i < m_order.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        if (m_order[j]->waves.end <= m_order[i]->waves.begin) continue;
        const Lattice &before = m_order[j]->middle, &after = m_order[i]->middle;
        const Lattice end(nowhere<T>());
        if (rising ? any(after < before && before < end) : any(before < after && after < end)) return false;
      }
    }
    return true;
  }

  static constexpr auto most = static_cast<std::size_t>(MostPacks);

  std::vector<PackRun<Lattice>> m_runs;
  std::vector<const PackRun<Lattice>*> m_order;
  int m_first[most];  // of the runs of a pack; < 0: none
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
