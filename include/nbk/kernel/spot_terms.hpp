// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/pack_runs.hpp"
#include "nbk/kernel/source_terms.hpp"
#include "nbk/kernel/spot_places.hpp"
#include "nbk/kernel/wavelength_window.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>

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
  using Places = TilePlaces<PrecisionT, PackTraits<Geometry>::width>;

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
      const Work work{{tables, tables.orientations[entry->task - first_task], group, vectors}, running};
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

  /// One orientation in one source direction, and the sums.
  struct Work : OrientationInSource<Geometry, PrecisionT> {
    Running* running;
  };

  using Line = SpotLine<Lattice, Geometry>;
  static constexpr bool knows_spots = may_have_anchors<ScattererT, Number>;
  static constexpr auto block_packs = static_cast<std::size_t>(Places::block_packs);

  /// One wavelength: all packs of all rectangles, each once.
  KOKKOS_FORCEINLINE_FUNCTION void add_packs(const Work& work, const SpotEntry* entry, const SpotEntry* end) {
    int packs[block_packs];
    const int count = m_places.packs_of(entry, end, packs);
    for (int i = 0; i < count; ++i) {
      const int pack = packs[i];
      const IndicesOfOrientation<Geometry> indices{work.axes, work.vectors.q[pack]};
      add_term(work, pack, work.tables.waves[work.group.first], indices);
    }
  }

  /// Several wavelengths.
  KOKKOS_FORCEINLINE_FUNCTION void add_spectrum(const Work& work, const SpotEntry* entry, const SpotEntry* end) {
    // Spots so wide that they overlap hide others: each pixel counts its nearest reflection only.
    const bool apart = knows_spots && work.tables.spots.apart && work.group.waves_per_inverse != Number(0);
    if (end - entry == 1) {
      for_each_run<Lattice>(
          m_places, work, *entry,
          [&](int pack, const WaveRun& run, const Lattice&, const Vec3<Geometry>& scaled, Line* line) {
            apart ? add_spot(work, pack, *entry, run, scaled, *line) : add_run(work, pack, run);
          });
      return;
    }
    m_runs.clear();
    for (; entry != end; ++entry) m_runs.template find<PrecisionT>(m_places, work, *entry);
    for (int pack = 0; pack < work.vectors.packs; ++pack) {
      if (m_runs.has(pack)) add_runs(work, pack, apart);
    }
  }

  /// All runs of a pack.
  [[gnu::noinline]] void add_runs(const Work& work, int pack, bool apart) {
    if (m_runs.take(pack, work.group, apart)) {
      const Vec3<Geometry> scaled = physics::miller_indices(work.axes, work.vectors.q[pack]);
      const auto slope = SpotSlope<Lattice>::of(work.tables.lattice, scaled);
      for (const PackRun<Lattice>* run : m_runs.order()) {
        const auto nearest = reflection_of<Geometry>(*run->entry);
        Line line(work.tables.lattice, scaled, nearest, slope);
        add_spot(work, pack, *run->entry, run->waves, scaled, line);
      }
      return;
    }
    int done = 0;
    for (const PackRun<Lattice>* run : m_runs.order()) {
      add_run(work, pack, {std::max(done, run->waves.begin), run->waves.end});
      done = std::max(done, run->waves.end);
    }
  }

  /// Wavelengths that can see one spot.
  KOKKOS_FORCEINLINE_FUNCTION void add_spot([[maybe_unused]] const Work& work, [[maybe_unused]] int pack,
                                            [[maybe_unused]] const SpotEntry& entry,
                                            [[maybe_unused]] const WaveRun& run,
                                            [[maybe_unused]] const Vec3<Geometry>& scaled,
                                            [[maybe_unused]] Line& line) {
    if constexpr (knows_spots) {
      const Tables<PrecisionT>& tables = work.tables;
      const auto& table = tables.structure_factors;
      Running running = work.running[pack];
      const bool culls = tables.dmin_A > Number(0);
      Lattice structure_factor(table.intensity_of(entry.h, entry.k, entry.l, 0));
      visit_line<ScattererT>(
          tables, work.group, scaled, line, run, [&](const Lattice& lattice, const Wave<Number>& wave) {
            if (table.sets > 1) {
              structure_factor =
                  Lattice(table.intensity_of(entry.h, entry.k, entry.l, wave.structure_factor_set * table.step_of_set));
            }
            const Sum before = running.sum;
            running.add(Term<Lattice>{lattice, structure_factor}, wave.weight);
            if (culls) {
              running.restore(physics::beyond_resolution(work.vectors.length[pack], tables.dmin_A, wave.wavelength_A),
                              before);
            }
          });
      work.running[pack] = running;
    }
  }

  /// Wavelengths that can see any of the nearest reflections.
  [[gnu::noinline]] void add_run(const Work& work, int pack, const WaveRun& run) {
    const Vec3<Geometry> scaled = physics::miller_indices(work.axes, work.vectors.q[pack]);
    for (int w = run.begin; w < run.end; ++w) {
      const Wave<Number> wave = work.tables.waves[w];
      const Number inverse = wave.inverse_wavelength_per_A;
      const bool anchored = has_anchors(work.tables, work.group);
      const Number anchor = anchored ? anchor_of(work.tables, work.group, w).inverse_per_A : inverse;
      add_term(work, pack, wave, AnchoredIndices<Geometry>{{scaled, inverse}, anchored, anchor});
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
  PackRuns<Lattice, Places::block_packs> m_runs;
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
