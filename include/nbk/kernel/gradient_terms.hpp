// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/evaluation_adder.hpp"
#include "nbk/kernel/near_spots.hpp"
#include "nbk/kernel/scattered_places.hpp"
#include "nbk/kernel/seen_tasks.hpp"
#include "nbk/kernel/split_evaluations.hpp"
#include "nbk/kernel/wavelength_window.hpp"

#include <algorithm>
#include <cstddef>
#include <type_traits>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Evaluations that go through the stages together.
inline constexpr int most_evaluations = 24;

/// The terms of all orientations and wavelengths of one source direction with their derivatives, added to the
/// SourceSums of up to `MostPacks` packs. They are collected, computed in stages and added up pack by pack, so that the
/// sums of a pack stay in registers. For hosts.
/// \tparam Sums    CrystalSums, AllSums or ReflectionTerms
/// \tparam Stages  CalledStages or InlinedStages
template <class Sums, class Stages, class Types, int MostPacks, int Most, class PrecisionT>
class GradientTerms {
 public:
  using Geometry = typename Types::Geometry;
  using Value = typename Types::Lattice;
  using Number = scalar_t<Geometry>;
  using T = scalar_t<Value>;
  using List = Evaluations<Types, Most>;
  using Totals = TotalsOf<Sums, Value, List>;
  /// False: a GradientBlock applies the factors of a source direction to the sums of its terms.
  static constexpr bool applies_factors = false;
  static_assert(std::is_same_v<typename Types::Lattice, typename Types::Sum>,
                "nbk: derivatives are for precisions whose sums have the type of the lattice factor");

  /// \param list  memory, whose contents do not matter: to set it up costs as much as some evaluations
  KOKKOS_FORCEINLINE_FUNCTION GradientTerms(const Stages& stages, List& list) : m_stages(stages), m_list(list) {}

  /// Takes the tasks that may see a spot of a compact shape in any sub-pixel; nullptr: nobody knows.
  KOKKOS_FORCEINLINE_FUNCTION void see(const SeenTasks* seen) { m_seen = seen; }

  /// Goes to a new sub-pixel.
  KOKKOS_FORCEINLINE_FUNCTION void place(const Tables<PrecisionT>& tables,
                                         const ScatteredPlaces<Geometry, MostPacks>& at, const Subpixel& sub) {
    if constexpr (screens) {
      m_screened = m_stages.compact && tables.screening.used && at.in_row;
      if (m_screened) m_near_spots.place(tables, at.first.fast, at.first.slow, sub);
    }
  }

  /// Adds the terms of a source direction to `totals`, which the caller has cleared.
  KOKKOS_FORCEINLINE_FUNCTION void add(const Tables<PrecisionT>& tables, const DerivativeTables<PrecisionT>& more,
                                       const SourceGroup<Number>& group, int packs, const PackInSource<Types>* in,
                                       Totals* totals) {
    const Source source{tables, more, group, packs, in, totals};
    clear(packs);
    m_list.rest_of_index =
        std::is_same_v<Geometry, Value> && group.count == 1 && !m_stages.compact && !m_stages.reads_index;
    if constexpr (screens) {
      if (group.count == 1 && (m_screened || sees_one_by_one(tables))) {
        collect_near_spots(source);
        finish(source);
        return;
      }
    }
    // Lanes outside of a window's spots are 0 whatever the reflection. Sums of reflections depend on which terms of 0
    // come between others.
    const bool known = sums_pixels<Sums> && m_stages.gaussian && group.count > 1 &&
                       physics::dark_radius_sqr(tables.lattice) <= tables.windows.radius_sqr;
    const SeenTasks::Range seen = m_seen == nullptr ? SeenTasks::Range{} : m_seen->of_group(tables, group);
    const int orientations = m_seen == nullptr ? tables.orientation_count : seen.count;
    for (int i = 0; i < packs; ++i) {
      m_begin[i] = m_end[i] = m_list.count;
      if (group.count == 1) {
        const Vec3<Geometry> q = in[i].q;  // which no store can change
        const auto indices = [&](int o) { return IndicesOfOrientation<Geometry>{tables.orientations[o], q}; };
        collect(
            source, i, 0, tables.orientation_count,
            [&](int e, int count, int o) {
              set_orientations(m_list, tables, {e, count}, o, group.first);
            },
            indices);
        continue;
      }
      const int parts = m_stages.compact ? window_parts(tables, group, in[i].q) : 0;
      const bool pay = windows_pay(tables, group, 1, parts);
      for (int n = 0; n < orientations; ++n) {
        if (m_seen != nullptr && !seen.has(n, i)) continue;
        const int o = m_seen == nullptr ? n : seen.orientation(n);
        const Vec3<Geometry> scaled = physics::miller_indices(tables.orientations[o], in[i].q);
        const auto indices = [&](int w) {
          return IndicesOfWavelength<Geometry>{scaled, tables.waves[w].inverse_wavelength_per_A};
        };
        const auto collect_run = [&](const WaveRun& run) {
          collect(
              source, i, run.begin, run.end,
              [&](int e, int count, int w) {
                set_waves(m_list, tables, {e, count}, o, w);
              },
              indices);
        };
        if (pay) {
          for_each_window_of_spots<Value>(
              tables, group, tables.windows.box_radius_sqr, scaled, parts, [&](const WaveRun& run, const Line& line) {
                known ? collect_window(source, {i, o, scaled}, run, line) : collect_run(run);
              });
        } else {
          collect_run({group.first, group.first + group.count});
        }
      }
    }
    finish(source);
  }

 private:
  static constexpr int width = PackTraits<Geometry>::width;
  static constexpr bool screens = width > 1;
  using Line = SpotLine<Value, Geometry>;
  static constexpr int most_listed = 64;  // orientations of a pack that are listed together

  struct Source {
    const Tables<PrecisionT>& tables;
    const DerivativeTables<PrecisionT>& more;
    const SourceGroup<Number>& group;
    int packs;
    const PackInSource<Types>* in;
    Totals* totals;
  };

  KOKKOS_FORCEINLINE_FUNCTION void clear(int packs) {
    m_list.count = m_counted = 0;
    for (int i = 0; i < packs; ++i) m_begin[i] = m_end[i] = 0;
  }

  /// Appends evaluations [begin, end) of a pack; of a compact shape those that are near a spot.
  /// \param name        (place in the list, count, number): writes down what so many from there on are
  /// \param indices_of  (number): its Miller indices
  template <class Name, class IndicesOf>
  KOKKOS_FORCEINLINE_FUNCTION void collect(const Source& source, int pack, int begin, int end, const Name& name,
                                           const IndicesOf& indices_of) {
    while (begin < end) {
      const int room = Most - m_counted, stop = end - begin < room ? end : begin + room;
      if (m_stages.compact) {
        for (int n = begin; n < stop; ++n) {
          if (!split_near(m_list, source.tables.lattice.reach, m_stages.reads_index, indices_of(n))) continue;
          ++m_counted;  // to ask whether it is 0 in all lanes costs more than to compute it
          name(m_list.count++, 1, n);
        }
      } else {
        m_stages.reads_index ? split_all<true>(m_list, begin, stop, indices_of)
                             : split_all<false>(m_list, begin, stop, indices_of);
        name(m_list.count, stop - begin, begin);
        m_counted = m_list.count += stop - begin;
      }
      m_end[pack] = m_list.count;
      begin = stop;
      if (m_counted == Most) finish(source);
    }
  }

  /// A pack with an orientation.
  struct PackOf {
    int pack, orientation;
    const Vec3<Geometry>& scaled;  // Miller indices times the wavelength
  };

  /// The same as collect() for the wavelengths of a window, whose reflections are known. What is near a spot, but 0 in
  /// all lanes, only counts: sums depend on how many evaluations come together.
  KOKKOS_FORCEINLINE_FUNCTION void collect_window(const Source& source, const PackOf& of, const WaveRun& run,
                                                  const Line& line) {
    const Tables<PrecisionT>& tables = source.tables;
    const WaveRun lit = waves_within(tables, source.group, tables.windows.radius_sqr, line);
    const Vec3<Value> reach = physics::broadcast<Value>(tables.lattice.reach);
    const Vec3<Geometry> scaled = of.scaled, nearest = line.nearest();
    bool first = true;
    int counted = m_counted;  // in a register: a member would wait for its own store each time
    for (int w = run.begin; w < run.end; ++w) {
      const Number inverse = tables.waves[w].inverse_wavelength_per_A;
      const Vec3<Value> rest{rest_of_scaled<Value>(scaled.x, inverse, nearest.x),
                             rest_of_scaled<Value>(scaled.y, inverse, nearest.y),
                             rest_of_scaled<Value>(scaled.z, inverse, nearest.z)};
      if (!any(abs(rest.x) <= reach.x && abs(rest.y) <= reach.y && abs(rest.z) <= reach.z)) continue;
      ++counted;
      if (lit.begin <= w && w < lit.end) {
        const int e = m_list.count++;
        m_list.rest[e] = rest;
        if (first) m_list.index[e] = indices_to_value<Value>(scaled.x, scaled.y, scaled.z);
        if (m_stages.reads_index) {
          const IndicesOfWavelength<Geometry> indices{scaled, inverse};
          m_list.hkl[e] = {product_of(indices.h()), product_of(indices.k()), product_of(indices.l())};
          m_list.nearest[e] = nearest;
        }
        set_waves(m_list, tables, {e, 1}, of.orientation, w);
        first = false;
        m_end[of.pack] = m_list.count;
      }
      if (counted < Most) continue;
      finish(source);
      counted = 0;
      first = true;
    }
    m_counted = counted;
  }

  /// True: of one wavelength the orientations are those that were seen. Of more, near packs come in groups whose sums
  /// depend on which packs are near.
  KOKKOS_FORCEINLINE_FUNCTION bool sees_one_by_one(const Tables<PrecisionT>& tables) const {
    return m_seen != nullptr && tables.orientation_count <= most_listed;
  }

  /// Finds the packs near spots for many orientations, then appends them pack by pack.
  KOKKOS_FORCEINLINE_FUNCTION void collect_near_spots(const Source& source) {
    constexpr int most = most_listed;
    int near_packs[static_cast<std::size_t>(MostPacks)][most], found[static_cast<std::size_t>(MostPacks)] = {};
    const auto drain = [&] {
      for (int i = 0; i < source.packs; ++i) {
        const Vec3<Geometry> q = source.in[i].q;
        const auto indices = [&](int n) {
          return IndicesOfOrientation<Geometry>{source.tables.orientations[near_packs[i][n]], q};
        };
        m_begin[i] = m_end[i] = m_list.count;
        collect(
            source, i, 0, found[i],
            [&](int e, int count, int n) {
              for (int j = 0; j < count; ++j)
                set_orientations(m_list, source.tables, {e + j, 1}, near_packs[i][n + j], source.group.first);
            },
            indices);
        found[i] = 0;
      }
      finish(source);
    };
    if (sees_one_by_one(source.tables)) {
      m_seen->of_group(source.tables, source.group).for_each(source.packs, [&](int orientation, int i) {
        near_packs[i][found[i]++] = orientation;
      });
    } else {
      m_near_spots.source(source.group.incident, source.tables.waves[source.group.first].inverse_wavelength_per_A);
      m_near_spots.visit(source.tables, source.packs, [&](int orientation, int i) {
        near_packs[i][found[i]++] = orientation;
        if (found[i] == most) drain();
      });
    }
    drain();
  }

  /// Runs the stages over what has been collected, and adds it up.
  void finish(const Source& source) {
    if (m_list.count != 0) add_list(source);
    clear(source.packs);
  }

  /// A function of its own, because several places call it.
  [[gnu::noinline]] void add_list(const Source& source) {
    if (m_stages.reads_index) {
      const std::ptrdiff_t step = source.tables.structure_factors.step_of_set;
      for (int e = 0; e < m_list.count; ++e)
        m_list.set_offset[e] = source.tables.waves[m_list.wave[e]].structure_factor_set * step;
    }
    EvaluationAdder<Sums, Stages, List, PrecisionT> adder(source.tables, source.more, m_stages, m_list);
    if constexpr (sums_pixels<Sums>) {
      compute_factors(source);
      if (source.tables.dmin_A > Number(0)) {
        for (int i = 0; i < source.packs; ++i) adder.cut_resolution(m_begin[i], m_end[i], source.in[i]);
      }
    }
    m_stages.evaluate_lattice(source.tables.lattice, m_list);
    for (int i = 0; i < source.packs; ++i)
      adder.add(source.group, m_begin[i], m_end[i], source.in[i], source.totals[i]);
  }

  /// Runs the stage of structure factors, where the list does not have the same ones from the time before.
  KOKKOS_FORCEINLINE_FUNCTION void compute_factors(const Source& source) {
    const bool same = m_stages.constant && source.group.count == 1 && !(source.tables.dmin_A > Number(0));
    if (same && m_factor_wave == source.group.first && m_list.count <= m_factor_count) return;
    m_stages.evaluate_structure(source.tables.structure_factors, m_list);
    m_factor_wave = same ? source.group.first : -1;
    m_factor_count = m_list.count;
  }

  Stages m_stages;
  List& m_list;
  int m_begin[static_cast<std::size_t>(MostPacks)], m_end[static_cast<std::size_t>(MostPacks)];  // of packs in the list
  int m_counted = 0;  // evaluations since the stages ran: those of the list, and those that are 0
  const SeenTasks* m_seen = nullptr;
  int m_factor_wave = -1, m_factor_count = 0;  // places of the list that have the factor of this wave; -1: none
  bool m_screened = false;
  struct NoScreening {};
  std::conditional_t<screens, NearSpots<PrecisionT, width, std::max(MostPacks, width)>, NoScreening> m_near_spots;
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
