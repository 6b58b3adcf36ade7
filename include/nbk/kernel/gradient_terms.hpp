// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/evaluations.hpp"
#include "nbk/kernel/near_spots.hpp"
#include "nbk/kernel/scattered_places.hpp"
#include "nbk/kernel/split_index.hpp"
#include "nbk/plan/derivative_tables.hpp"

#include <algorithm>
#include <cstddef>
#include <type_traits>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Numbers of a pack of pixels in one source direction.
template <class Types>
struct PackInSource {
  using Geometry = typename Types::Geometry;

  Vec3<Geometry> q;                          ///< 1/Angstrom; of a spectrum times the wavelength
  Geometry length;                           ///< of d - i; read with a resolution limit only
  Vec3<typename Types::Lattice> difference;  ///< d - i
};

/// Evaluations that are made together on a host, and on a device.
inline constexpr int most_evaluations = 24;

/// The terms of all orientations and wavelengths of one source direction with their derivatives, added to the
/// SourceSums of up to `MostPacks` packs. They are collected, computed in stages and added up pack by pack, so that the
/// sums of a pack stay in registers. \tparam Sums    CrystalSums or AllSums \tparam Stages  InlinedStages or
/// CalledStages
template <class Sums, class Stages, class Types, int MostPacks, int Most, class PrecisionT>
class GradientTerms {
 public:
  using Geometry = typename Types::Geometry;
  using Value = typename Types::Lattice;
  using Number = scalar_t<Geometry>;
  using T = scalar_t<Value>;
  using List = Evaluations<Types, Most>;
  using Totals = SourceSums<Sums, Value>;
  static_assert(std::is_same_v<typename Types::Lattice, typename Types::Sum>,
                "nbk: derivatives are for precisions whose sums have the type of the lattice factor");

  KOKKOS_FORCEINLINE_FUNCTION explicit GradientTerms(const Stages& stages) : m_stages(stages) {}

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
    m_list.count = 0;
    for (int i = 0; i < packs; ++i) m_counts[i] = 0;
    const Source source{tables, more, group, packs, in, totals};
    if constexpr (screens) {
      if (m_screened && group.count == 1) {
        m_near_spots.source(group.incident, tables.waves[group.first].inverse_wavelength_per_A);
        m_near_spots.visit(tables, packs, [&](int orientation, int i) {
          collect(source, i, orientation, group.first,
                  IndicesOfOrientation<Geometry>{tables.orientations[orientation], in[i].q});
        });
        finish(source);
        return;
      }
    }
    for (int i = 0; i < packs; ++i) {
      for (int o = 0; o < tables.orientation_count; ++o) {
        const physics::CellAxes<Number>& axes = tables.orientations[o];
        if (group.count == 1) {
          collect(source, i, o, group.first, IndicesOfOrientation<Geometry>{axes, in[i].q});
          continue;
        }
        const Vec3<Geometry> scaled = physics::miller_indices(axes, in[i].q);
        for (int w = group.first; w < group.first + group.count; ++w) {
          collect(source, i, o, w, IndicesOfWavelength<Geometry>{scaled, tables.waves[w].inverse_wavelength_per_A});
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

  /// Appends an evaluation; not where a compact shape is 0 in all lanes.
  template <class Indices>
  KOKKOS_FORCEINLINE_FUNCTION void collect(const Source& source, int pack, int orientation, int wave,
                                           const Indices& indices) {
    const Vec3<T>& reach = source.tables.lattice.reach;
    const int e = m_list.count;
    const auto h = split_index<true, Value>(indices.h());
    if (m_stages.compact && !any(abs(h.rest) <= Value(reach.x))) return;
    const auto k = split_index<true, Value>(indices.k());
    if (m_stages.compact && !any(abs(h.rest) <= Value(reach.x) && abs(k.rest) <= Value(reach.y))) return;
    const auto l = split_index<true, Value>(indices.l());
    m_list.index[e] = {convert<Value>(h.value), convert<Value>(k.value), convert<Value>(l.value)};
    m_list.rest[e] = {h.rest, k.rest, l.rest};
    if (m_stages.reads_index) {
      m_list.hkl[e] = {h.value, k.value, l.value};
      m_list.nearest[e] = {h.nearest, k.nearest, l.nearest};
    }
    m_list.orientation[e] = orientation;
    m_list.wave[e] = wave;
    m_list.set_offset[e] = source.tables.waves[wave].structure_factor_set * source.tables.structure_factors.step_of_set;
    m_of_pack[pack][m_counts[pack]++] = e;
    if (++m_list.count == Most) finish(source);
  }

  /// Runs the stages over what has been collected.
  KOKKOS_FORCEINLINE_FUNCTION void finish(const Source& source) {
    if (m_list.count == 0) return;
    m_stages.evaluate_lattice(source.tables.lattice, m_list);
    m_stages.evaluate_structure(source.tables.structure_factors, m_list);
    for (int i = 0; i < source.packs; ++i) {
      if (m_counts[i] == 0) continue;
      if (source.tables.dmin_A > Number(0)) cut_resolution(source, i);
      add_strain(source, i);
      if constexpr (Sums::everything) {
        add_cells(source.totals[i], i);
        add_push(source, i);
      }
      m_counts[i] = 0;
    }
    m_list.count = 0;
  }

  /// Takes away what is beyond the resolution limit.
  KOKKOS_FORCEINLINE_FUNCTION void cut_resolution(const Source& source, int pack) {
    const Value zero(T(0));
    for (int n = 0; n < m_counts[pack]; ++n) {
      const int e = m_of_pack[pack][n];
      const auto beyond = convert_mask<Value>(physics::beyond_resolution(
          source.in[pack].length, source.tables.dmin_A, source.tables.waves[m_list.wave[e]].wavelength_A));
      auto& structure = m_list.structure[e];
      structure.value = select(beyond, zero, structure.value);
      if (m_stages.varies) {
        structure.by_index = {select(beyond, zero, structure.by_index.x), select(beyond, zero, structure.by_index.y),
                              select(beyond, zero, structure.by_index.z)};
      }
    }
  }

  /// Adds energy and strain, and leaves v in place of dL/dh and w F^2 in place of F^2.
  KOKKOS_FORCEINLINE_FUNCTION void add_strain(const Source& source, int pack) {
    Totals& to = source.totals[pack];
    Value energy = to.energy, strain[9];
    for (int s = 0; s < 9; ++s) strain[s] = to.strain[s];
    for (int n = 0; n < m_counts[pack]; ++n) {
      const int e = m_of_pack[pack][n];
      auto& lattice = m_list.lattice[e];
      auto& structure = m_list.structure[e];
      const T weight = static_cast<T>(source.tables.waves[m_list.wave[e]].weight);
      const Value factor = structure.value * weight;
      energy = fma(factor, lattice.value, energy);
      Vec3<Value> v{factor * lattice.by_index.x, factor * lattice.by_index.y, factor * lattice.by_index.z};
      if (m_stages.varies) {
        const Value weighted = lattice.value * weight;
        v = {fma(weighted, structure.by_index.x, v.x), fma(weighted, structure.by_index.y, v.y),
             fma(weighted, structure.by_index.z, v.z)};
      }
      const Vec3<Value>& h = m_list.index[e];
      strain[0] = fma(v.x, h.x, strain[0]);
      strain[1] = fma(v.x, h.y, strain[1]);
      strain[2] = fma(v.x, h.z, strain[2]);
      strain[3] = fma(v.y, h.x, strain[3]);
      strain[4] = fma(v.y, h.y, strain[4]);
      strain[5] = fma(v.y, h.z, strain[5]);
      strain[6] = fma(v.z, h.x, strain[6]);
      strain[7] = fma(v.z, h.y, strain[7]);
      strain[8] = fma(v.z, h.z, strain[8]);
      if constexpr (Sums::everything) {
        lattice.by_index = v;
        structure.value = factor;
      }
    }
    to.energy = energy;
    for (int s = 0; s < 9; ++s) to.strain[s] = strain[s];
  }

  KOKKOS_FORCEINLINE_FUNCTION void add_cells(Totals& to, int pack) {
    Value cells[6];
    for (int s = 0; s < 6; ++s) cells[s] = to.cells[s];
    for (int n = 0; n < m_counts[pack]; ++n) {
      const int e = m_of_pack[pack][n];
      const Value factor = m_list.structure[e].value;
      for (int s = 0; s < 6; ++s) cells[s] = fma(factor, m_list.lattice[e].by_cells[s], cells[s]);
    }
    for (int s = 0; s < 6; ++s) to.cells[s] = cells[s];
  }

  /// Adds what moves or turns the scattering vector: v / lambda of evaluations that follow each other in one
  /// orientation is added up before the orientation's matrix is applied.
  KOKKOS_FORCEINLINE_FUNCTION void add_push(const Source& source, int pack) {
    Totals& to = source.totals[pack];
    const Value zero(T(0));
    const Vec3<Value> difference = source.in[pack].difference;
    const int twists = source.more.twist_count, count = m_counts[pack];
    Value wavelength = to.wavelength;
    Vec3<Value> push = to.push;
    for (int n = 0; n < count;) {
      const int orientation = m_list.orientation[m_of_pack[pack][n]];
      Vec3<Value> sum{zero, zero, zero};
      for (; n < count && m_list.orientation[m_of_pack[pack][n]] == orientation; ++n) {
        const int e = m_of_pack[pack][n];
        const T inverse = static_cast<T>(source.tables.waves[m_list.wave[e]].inverse_wavelength_per_A);
        const Vec3<Value>&v = m_list.lattice[e].by_index, h = m_list.index[e];
        const Vec3<Value> scaled{v.x * inverse, v.y * inverse, v.z * inverse};
        wavelength = fma(scaled.x, h.x, fma(scaled.y, h.y, fma(scaled.z, h.z, wavelength)));
        sum += scaled;
      }
      const physics::CellAxes<T>& axes = source.more.orientations[orientation];
      const Vec3<Value> moved{fma(sum.x, axes.a.x, fma(sum.y, axes.b.x, sum.z * axes.c.x)),
                              fma(sum.x, axes.a.y, fma(sum.y, axes.b.y, sum.z * axes.c.y)),
                              fma(sum.x, axes.a.z, fma(sum.y, axes.b.z, sum.z * axes.c.z))};
      push += moved;
      if (twists > 0) {
        const Vec3<Value> moment = cross(difference, moved);  // (d - i).(u x w) = w.((d - i) x u)
        for (int t = 0; t < twists; ++t) {
          const Vec3<T>& twist = source.more.twists[orientation * twists + t];
          to.twist[t] = fma(moment.x, twist.x, fma(moment.y, twist.y, fma(moment.z, twist.z, to.twist[t])));
        }
      }
    }
    to.wavelength = wavelength;
    to.push = push;
  }

  Stages m_stages;
  List m_list;
  int m_of_pack[static_cast<std::size_t>(MostPacks)][static_cast<std::size_t>(Most)];  // places in the list
  int m_counts[static_cast<std::size_t>(MostPacks)];
  bool m_screened = false;
  struct NoScreening {};
  std::conditional_t<screens, NearSpots<PrecisionT, width, std::max(MostPacks, width)>, NoScreening> m_near_spots;
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
