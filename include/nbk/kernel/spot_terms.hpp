// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/source_terms.hpp"
#include "nbk/kernel/spot_places.hpp"
#include "nbk/kernel/wavelength_window.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// The terms of a tile's spots, in place of SourceTerms. It visits the spots of the list only. For each pack in a
/// spot's rectangle it solves for the wavelengths that can see the spot, and evaluates those as SourceTerms does: all
/// lanes, with the nearest reflection, in the same order, each wavelength once, even where several spots meet in a
/// pack. What is evaluated besides is exactly 0, so that the sums have the same bits.
template <Scatterer ScattererT, class Running, class Types, class PrecisionT>
class SpotTerms {
 public:
  using Geometry = typename Types::Geometry;
  using Lattice = typename Types::Lattice;
  using Number = scalar_t<Geometry>;
  using Places = TilePlaces<Geometry, PackTraits<Geometry>::width>;

  SpotTerms(const SpotTile& tile, const Places& places) : m_tile(tile), m_places(places) {}

  void place(const Tables<PrecisionT>&, int, int, const Subpixel&) {}
  void place_anywhere(const Tables<PrecisionT>&, int, const Vec3<Geometry>*, bool) {}

  /// Adds the terms of a source direction.
  KOKKOS_FORCEINLINE_FUNCTION void add(const Tables<PrecisionT>& tables, const SourceGroup<Number>& group,
                                       const ScatteringVectors<Geometry>& vectors, Running* running) {
    const auto orientations = static_cast<std::uint32_t>(tables.orientation_count);
    const std::uint32_t first_task = static_cast<std::uint32_t>(&group - tables.groups) * orientations;
    const SpotEntry* const last = m_tile.entries + m_tile.count;
    const auto before = [](const SpotEntry& entry, std::uint32_t task) { return entry.task < task; };
    const SpotEntry* entry = std::lower_bound(m_tile.entries, last, first_task, before);
    while (entry != last && entry->task < first_task + orientations) {
      const SpotEntry* end = entry + 1;
      while (end != last && end->task == entry->task) ++end;
      const Work work{tables, tables.orientations[entry->task - first_task], group, vectors, running};
      if (group.count > 1) {
        add_spectrum(work, entry, end);
      } else {
        add_packs(work, entry, end);
      }
      entry = end;
    }
  }

 private:
  using Sum = typename Types::Sum;
  using T = scalar_t<Lattice>;

  /// One orientation in one source direction.
  struct Work {
    const Tables<PrecisionT>& tables;
    const physics::CellAxes<Number> axes;
    const SourceGroup<Number>& group;
    const ScatteringVectors<Geometry>& vectors;
    Running* running;
  };

  /// Wavelengths of a pack.
  struct PackRun {
    int pack;
    WaveRun waves;
  };

  /// One wavelength: all packs of all rectangles, each once.
  KOKKOS_FORCEINLINE_FUNCTION void add_packs(const Work& work, const SpotEntry* entry, const SpotEntry* end) {
    const auto add_pack = [&](int pack) {
      const IndicesOfOrientation<Geometry> indices{work.axes, work.vectors.q[pack]};
      add_term(work, pack, work.tables.waves[work.group.first], indices);
    };
    if (end - entry == 1) return m_places.visit_packs(*entry, add_pack);
    m_runs.clear();
    for (; entry != end; ++entry) m_places.visit_packs(*entry, [&](int pack) { m_runs.push_back({pack, {}}); });
    sort_runs();
    for (std::size_t i = 0; i < m_runs.size(); ++i) {
      if (i == 0 || m_runs[i].pack != m_runs[i - 1].pack) add_pack(m_runs[i].pack);
    }
  }

  /// Several wavelengths.
  KOKKOS_FORCEINLINE_FUNCTION void add_spectrum(const Work& work, const SpotEntry* entry, const SpotEntry* end) {
    if (end - entry == 1) {
      find_runs(work, *entry, [&](int pack, const WaveRun& run) { add_run(work, pack, run); });
      return;
    }
    m_runs.clear();
    for (; entry != end; ++entry)
      find_runs(work, *entry, [&](int pack, const WaveRun& run) { m_runs.push_back({pack, run}); });
    sort_runs();
    for (std::size_t i = 0; i < m_runs.size();) {
      const int pack = m_runs[i].pack;
      int done = 0;
      for (; i < m_runs.size() && m_runs[i].pack == pack; ++i) {
        add_run(work, pack, {std::max(done, m_runs[i].waves.begin), m_runs[i].waves.end});
        done = std::max(done, m_runs[i].waves.end);
      }
    }
  }

  void sort_runs() {
    std::sort(m_runs.begin(), m_runs.end(), [](const PackRun& x, const PackRun& y) {
      return x.pack != y.pack ? x.pack < y.pack : x.waves.begin < y.waves.begin;
    });
  }

  /// Calls visit(pack, wavelengths) for the packs of a rectangle that see its spot.
  template <class Visit>
  KOKKOS_FORCEINLINE_FUNCTION void find_runs(const Work& work, const SpotEntry& entry, const Visit& visit) const {
    const Tables<PrecisionT>& tables = work.tables;
    const SourceGroup<Number>& group = work.group;
    const Number first = tables.waves[group.first].inverse_wavelength_per_A;
    const Number last = tables.waves[group.first + group.count - 1].inverse_wavelength_per_A;
    const Number middle = Number(0.5) * (first + last);
    const T half = static_cast<T>(abs(last - first)) * T(0.5) + static_cast<T>(middle) * T(1e-5);
    const bool ordered = group.waves_per_inverse != Number(0);
    m_places.visit_packs(entry, [&](int pack) {
      if (!ordered) return visit(pack, WaveRun{group.first, group.first + group.count});
      const Vec3<Geometry> scaled = physics::miller_indices(work.axes, work.vectors.q[pack]);
      const auto rest = [&](const Geometry& of_axis, int index) {
        return rest_of_scaled<Lattice>(of_axis, middle, Geometry(static_cast<Number>(index)));
      };
      const SpotRay<Lattice> ray(tables.lattice, tables.spots.radius_sqr,
                                 {convert<Lattice>(scaled.x), convert<Lattice>(scaled.y), convert<Lattice>(scaled.z)});
      const InverseRange<T> range =
          ray.in_spot({rest(scaled.x, entry.h), rest(scaled.y, entry.k), rest(scaled.z, entry.l)}, half);
      if (!(range.least <= range.most)) return;
      const WaveRun run = waves_in(tables.waves, group, middle, range);
      if (run.begin < run.end) visit(pack, run);
    });
  }

  KOKKOS_FORCEINLINE_FUNCTION void add_run(const Work& work, int pack, const WaveRun& run) {
    const Vec3<Geometry> scaled = physics::miller_indices(work.axes, work.vectors.q[pack]);
    for (int w = run.begin; w < run.end; ++w) {
      const Wave<Number> wave = work.tables.waves[w];
      add_term(work, pack, wave, IndicesOfWavelength<Geometry>{scaled, wave.inverse_wavelength_per_A});
    }
  }

  template <class Indices>
  KOKKOS_FORCEINLINE_FUNCTION void add_term(const Work& work, int pack, const Wave<Number>& wave,
                                            const Indices& indices) {
    const Tables<PrecisionT>& tables = work.tables;
    if (tables.structure_factors.sets > 1)
      m_terms.take_set_of(0, wave.structure_factor_set * tables.structure_factors.step_of_set);
    const Term<Lattice> term = m_terms.in_spot(tables, 0, indices);
    if (term.empty) return;
    Running& running = work.running[pack];
    const Sum before = running.sum;
    running.add(term, wave.weight);
    if (tables.dmin_A > Number(0))
      running.restore(physics::beyond_resolution(work.vectors.length[pack], tables.dmin_A, wave.wavelength_A), before);
  }

  const SpotTile& m_tile;
  const Places& m_places;
  Terms<ScattererT, Types, 1, PrecisionT> m_terms;
  std::vector<PackRun> m_runs;
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
