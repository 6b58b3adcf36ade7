// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/evaluation_adder.hpp"
#include "nbk/kernel/near_spots.hpp"
#include "nbk/kernel/scattered_places.hpp"
#include "nbk/kernel/split_index.hpp"
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
      if (m_screened && group.count == 1) {
        collect_near_spots(source);
        finish(source);
        return;
      }
    }
    for (int i = 0; i < packs; ++i) {
      m_begin[i] = m_end[i] = m_list.count;
      if (group.count == 1) {
        const Vec3<Geometry> q = in[i].q;  // which no store can change
        const auto indices = [&](int o) { return IndicesOfOrientation<Geometry>{tables.orientations[o], q}; };
        collect(
            source, i, 0, tables.orientation_count,
            [&](int e, int count, int o) { set_orientations(tables, e, count, o, group.first); }, indices);
        continue;
      }
      const int parts = m_stages.compact ? window_parts(tables, group, in[i].q) : 0;
      const bool pay = windows_pay(tables, group, 1, parts);
      for (int o = 0; o < tables.orientation_count; ++o) {
        const Vec3<Geometry> scaled = physics::miller_indices(tables.orientations[o], in[i].q);
        const auto indices = [&](int w) {
          return IndicesOfWavelength<Geometry>{scaled, tables.waves[w].inverse_wavelength_per_A};
        };
        const auto collect_run = [&](const WaveRun& run) {
          collect(
              source, i, run.begin, run.end, [&](int e, int count, int w) { set_waves(tables, e, count, o, w); },
              indices);
        };
        if (pay) {
          for_each_window<Value>(tables, group, tables.windows.box_radius_sqr, scaled, parts, collect_run);
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

  struct Source {
    const Tables<PrecisionT>& tables;
    const DerivativeTables<PrecisionT>& more;
    const SourceGroup<Number>& group;
    int packs;
    const PackInSource<Types>* in;
    Totals* totals;
  };

  KOKKOS_FORCEINLINE_FUNCTION void clear(int packs) {
    m_list.count = 0;
    for (int i = 0; i < packs; ++i) m_begin[i] = m_end[i] = 0;
  }

  /// Writes down what `count` evaluations are that follow each other: orientations at one wavelength.
  KOKKOS_FORCEINLINE_FUNCTION void set_orientations(const Tables<PrecisionT>& tables, int e, int count, int orientation,
                                                    int wave) {
    const auto weight = static_cast<T>(tables.waves[wave].weight);
    for (int i = 0; i < count; ++i) {
      m_list.orientation[e + i] = orientation + i;
      m_list.wave[e + i] = wave;
      m_list.weight[e + i] = weight;
    }
  }
  /// The same of wavelengths of one orientation.
  KOKKOS_FORCEINLINE_FUNCTION void set_waves(const Tables<PrecisionT>& tables, int e, int count, int orientation,
                                             int wave) {
    for (int i = 0; i < count; ++i) {
      m_list.orientation[e + i] = orientation;
      m_list.wave[e + i] = wave + i;
      m_list.weight[e + i] = static_cast<T>(tables.waves[wave + i].weight);
    }
  }

  /// Appends evaluations [begin, end) of a pack; not those where a compact shape is 0 in all lanes.
  /// \param name        (place in the list, count, number): writes down what so many from there on are
  /// \param indices_of  (number): its Miller indices
  template <class Name, class IndicesOf>
  KOKKOS_FORCEINLINE_FUNCTION void collect(const Source& source, int pack, int begin, int end, const Name& name,
                                           const IndicesOf& indices_of) {
    while (begin < end) {
      const int room = Most - m_list.count, stop = end - begin < room ? end : begin + room;
      if (m_stages.compact) {
        for (int n = begin; n < stop; ++n) {
          if (!split_near(source.tables.lattice.reach, indices_of(n))) continue;
          name(m_list.count++, 1, n);
        }
      } else if (m_stages.reads_index) {
        split_all<true>(begin, stop, indices_of);
        name(m_list.count, stop - begin, begin);
        m_list.count += stop - begin;
      } else {
        split_all<false>(begin, stop, indices_of);
        name(m_list.count, stop - begin, begin);
        m_list.count += stop - begin;
      }
      m_end[pack] = m_list.count;
      begin = stop;
      if (m_list.count == Most) finish(source);
    }
  }

  using Split = SplitIndex<Geometry, Value>;

  static KOKKOS_FORCEINLINE_FUNCTION Vec3<Value> to_value(const Geometry& h, const Geometry& k, const Geometry& l) {
    return {convert<Value>(h), convert<Value>(k), convert<Value>(l)};
  }

  /// \tparam Kept    the indices themselves and the nearest whole ones are read
  /// \tparam Scaled  they are of one of several wavelengths
  template <bool Kept, bool Scaled>
  KOKKOS_FORCEINLINE_FUNCTION void split(int e, const Split& h, const Split& k, const Split& l) {
    constexpr bool of_index = std::is_same_v<Geometry, Value> && !Kept && !Scaled;
    if constexpr (!of_index) m_list.rest[e] = {h.rest, k.rest, l.rest};
    if constexpr (Kept) {
      m_list.hkl[e] = {h.value, k.value, l.value};
      m_list.nearest[e] = {h.nearest, k.nearest, l.nearest};
    }
  }

  /// Splits indices into the list behind its end.
  template <bool Exact, class IndicesOf>
  KOKKOS_FORCEINLINE_FUNCTION void split_all(int begin, int end, const IndicesOf& indices_of) {
    int e = m_list.count;  // in a register: one in memory would wait for its own store each time
    for (int n = begin; n < end; ++n, ++e) {
      const auto indices = indices_of(n);
      const Split h = split_index<Exact, Value>(indices.h()), k = split_index<Exact, Value>(indices.k()),
                  l = split_index<Exact, Value>(indices.l());
      constexpr bool scaled = std::is_same_v<decltype(indices), const IndicesOfWavelength<Geometry>>;
      split<Exact, scaled>(e, h, k, l);
      if constexpr (scaled) {
        if (n == begin) m_list.index[e] = to_value(indices.scaled.x, indices.scaled.y, indices.scaled.z);
      } else {
        m_list.index[e] = to_value(h.value, k.value, l.value);
      }
    }
  }

  /// Splits the indices at the end of the list, and returns false where no lane is within reach of a spot.
  template <class Indices>
  KOKKOS_FORCEINLINE_FUNCTION bool split_near(const Vec3<T>& reach, const Indices& indices) {
    const Split h = split_index<true, Value>(indices.h());
    if (!any(abs(h.rest) <= Value(reach.x))) return false;
    const Split k = split_index<true, Value>(indices.k());
    const auto near_in_two = abs(h.rest) <= Value(reach.x) && abs(k.rest) <= Value(reach.y);
    if (!any(near_in_two)) return false;
    const Split l = split_index<true, Value>(indices.l());
    if (!any(near_in_two && abs(l.rest) <= Value(reach.z))) return false;
    constexpr bool scaled = std::is_same_v<Indices, IndicesOfWavelength<Geometry>>;
    split<true, scaled>(m_list.count, h, k, l);
    if constexpr (scaled) {
      m_list.index[m_list.count] = to_value(indices.scaled.x, indices.scaled.y, indices.scaled.z);
    } else {
      m_list.index[m_list.count] = to_value(h.value, k.value, l.value);
    }
    return true;
  }

  /// Finds the packs near spots for many orientations, then appends them pack by pack.
  KOKKOS_FORCEINLINE_FUNCTION void collect_near_spots(const Source& source) {
    constexpr int most = 64;
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
                set_orientations(source.tables, e + j, 1, near_packs[i][n + j], source.group.first);
            },
            indices);
        found[i] = 0;
      }
      finish(source);
    };
    m_near_spots.source(source.group.incident, source.tables.waves[source.group.first].inverse_wavelength_per_A);
    m_near_spots.visit(source.tables, source.packs, [&](int orientation, int i) {
      near_packs[i][found[i]++] = orientation;
      if (found[i] == most) drain();
    });
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
  int m_factor_wave = -1, m_factor_count = 0;  // places of the list that have the factor of this wave; -1: none
  bool m_screened = false;
  struct NoScreening {};
  std::conditional_t<screens, NearSpots<PrecisionT, width, std::max(MostPacks, width)>, NoScreening> m_near_spots;
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
