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
    const Source source{tables, more, group, packs, in, totals};
    clear(packs);
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
        const auto indices = [&](int o) { return IndicesOfOrientation<Geometry>{tables.orientations[o], in[i].q}; };
        collect(
            source, i, 0, tables.orientation_count,
            [&](int e, int o) {
              m_list.wave[e] = group.first;
              m_list.orientation[e] = o;
            },
            indices);
        continue;
      }
      for (int o = 0; o < tables.orientation_count; ++o) {
        const Vec3<Geometry> scaled = physics::miller_indices(tables.orientations[o], in[i].q);
        const auto indices = [&](int w) {
          return IndicesOfWavelength<Geometry>{scaled, tables.waves[w].inverse_wavelength_per_A};
        };
        collect(
            source, i, group.first, group.first + group.count,
            [&](int e, int w) {
              m_list.wave[e] = w;
              m_list.orientation[e] = o;
            },
            indices);
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

  /// Appends evaluations [begin, end) of a pack; not those where a compact shape is 0 in all lanes.
  /// \param name        (place in the list, number): writes down what it is
  /// \param indices_of  (number): its Miller indices
  template <class Name, class IndicesOf>
  KOKKOS_FORCEINLINE_FUNCTION void collect(const Source& source, int pack, int begin, int end, const Name& name,
                                           const IndicesOf& indices_of) {
    while (begin < end) {
      const int room = Most - m_list.count, stop = end - begin < room ? end : begin + room;
      if (m_stages.compact) {
        for (int n = begin; n < stop; ++n) {
          if (!split_near(source.tables.lattice.reach, indices_of(n))) continue;
          name(m_list.count++, n);
        }
      } else if (m_stages.reads_index) {
        split_all<true>(begin, stop, name, indices_of);
      } else {
        split_all<false>(begin, stop, name, indices_of);
      }
      m_end[pack] = m_list.count;
      begin = stop;
      if (m_list.count == Most) finish(source);
    }
  }

  using Split = SplitIndex<Geometry, Value>;

  /// \tparam Kept  the indices themselves and the nearest whole ones are read
  template <bool Kept>
  KOKKOS_FORCEINLINE_FUNCTION void split(int e, const Split& h, const Split& k, const Split& l) {
    m_list.index[e] = {convert<Value>(h.value), convert<Value>(k.value), convert<Value>(l.value)};
    m_list.rest[e] = {h.rest, k.rest, l.rest};
    if constexpr (Kept) {
      m_list.hkl[e] = {h.value, k.value, l.value};
      m_list.nearest[e] = {h.nearest, k.nearest, l.nearest};
    }
  }

  template <bool Exact, class Name, class IndicesOf>
  KOKKOS_FORCEINLINE_FUNCTION void split_all(int begin, int end, const Name& name, const IndicesOf& indices_of) {
    for (int n = begin; n < end; ++n) {
      const auto indices = indices_of(n);
      const Split h = split_index<Exact, Value>(indices.h()), k = split_index<Exact, Value>(indices.k()),
                  l = split_index<Exact, Value>(indices.l());
      split<Exact>(m_list.count, h, k, l);
      name(m_list.count++, n);
    }
  }

  /// Splits the indices at the end of the list, and returns false where no lane is within reach of a spot.
  template <class Indices>
  KOKKOS_FORCEINLINE_FUNCTION bool split_near(const Vec3<T>& reach, const Indices& indices) {
    const Split h = split_index<true, Value>(indices.h());
    if (!any(abs(h.rest) <= Value(reach.x))) return false;
    const Split k = split_index<true, Value>(indices.k());
    const auto near = abs(h.rest) <= Value(reach.x) && abs(k.rest) <= Value(reach.y);
    if (!any(near)) return false;
    const Split l = split_index<true, Value>(indices.l());
    if (!any(near && abs(l.rest) <= Value(reach.z))) return false;
    split<true>(m_list.count, h, k, l);
    return true;
  }

  /// Finds the packs near spots for many orientations, then appends them pack by pack.
  KOKKOS_FORCEINLINE_FUNCTION void collect_near_spots(const Source& source) {
    constexpr int most = 64;
    int near[static_cast<std::size_t>(MostPacks)][most], found[static_cast<std::size_t>(MostPacks)] = {};
    const auto drain = [&] {
      for (int i = 0; i < source.packs; ++i) {
        const auto indices = [&](int n) {
          return IndicesOfOrientation<Geometry>{source.tables.orientations[near[i][n]], source.in[i].q};
        };
        m_begin[i] = m_end[i] = m_list.count;
        collect(
            source, i, 0, found[i],
            [&](int e, int n) {
              m_list.wave[e] = source.group.first;
              m_list.orientation[e] = near[i][n];
            },
            indices);
        found[i] = 0;
      }
      finish(source);
    };
    m_near_spots.source(source.group.incident, source.tables.waves[source.group.first].inverse_wavelength_per_A);
    m_near_spots.visit(source.tables, source.packs, [&](int orientation, int i) {
      near[i][found[i]++] = orientation;
      if (found[i] == most) drain();
    });
    drain();
  }

  /// Runs the stages over what has been collected, and adds it up.
  KOKKOS_FORCEINLINE_FUNCTION void finish(const Source& source) {
    if (m_list.count != 0) add_list(source);
    clear(source.packs);
  }

  /// A function of its own, because several places call it.
  [[gnu::noinline]] KOKKOS_FUNCTION void add_list(const Source& source) {
    if (m_stages.reads_index) {
      const std::ptrdiff_t step = source.tables.structure_factors.step_of_set;
      for (int e = 0; e < m_list.count; ++e)
        m_list.set_offset[e] = source.tables.waves[m_list.wave[e]].structure_factor_set * step;
    }
    m_stages.evaluate_lattice(source.tables.lattice, m_list);
    m_stages.evaluate_structure(source.tables.structure_factors, m_list);
    for (int i = 0; i < source.packs; ++i) {
      if (m_begin[i] == m_end[i]) continue;
      if (source.tables.dmin_A > Number(0)) cut_resolution(source, i);
      if (source.group.count > 1) {
        add_spectrum(source, i);
      } else {
        add_orientations(source, i);
      }
      if constexpr (Sums::everything) add_cells(source, i);
    }
  }

  /// Takes away what is beyond the resolution limit.
  KOKKOS_FORCEINLINE_FUNCTION void cut_resolution(const Source& source, int pack) {
    const Value zero(T(0));
    for (int e = m_begin[pack]; e < m_end[pack]; ++e) {
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

  /// v h^T, added to nine sums.
  static KOKKOS_FORCEINLINE_FUNCTION void add_product(const Vec3<Value>& v, const Vec3<Value>& h, Value (&strain)[9]) {
    strain[0] = fma(v.x, h.x, strain[0]);
    strain[1] = fma(v.x, h.y, strain[1]);
    strain[2] = fma(v.x, h.z, strain[2]);
    strain[3] = fma(v.y, h.x, strain[3]);
    strain[4] = fma(v.y, h.y, strain[4]);
    strain[5] = fma(v.y, h.z, strain[5]);
    strain[6] = fma(v.z, h.x, strain[6]);
    strain[7] = fma(v.z, h.y, strain[7]);
    strain[8] = fma(v.z, h.z, strain[8]);
  }

  /// A v of an orientation, A v / lambda for v / lambda.
  KOKKOS_FORCEINLINE_FUNCTION static Vec3<Value> moved(const physics::CellAxes<T>& axes, const Vec3<Value>& v) {
    return {fma(v.x, axes.a.x, fma(v.y, axes.b.x, v.z * axes.c.x)),
            fma(v.x, axes.a.y, fma(v.y, axes.b.y, v.z * axes.c.y)),
            fma(v.x, axes.a.z, fma(v.y, axes.b.z, v.z * axes.c.z))};
  }

  /// (d - i).(u x w) = w.((d - i) x u), added to the sums of all twists w of an orientation.
  KOKKOS_FORCEINLINE_FUNCTION static void add_twists(const Source& source, int pack, int orientation,
                                                     const Vec3<Value>& u) {
    const int twists = source.more.twist_count;
    if (twists == 0) return;
    const Vec3<Value> moment = fused_cross(source.in[pack].difference, u);
    Value* const to = source.totals[pack].twist;
    for (int t = 0; t < twists; ++t) {
      const Vec3<T>& twist = source.more.twists[orientation * twists + t];
      to[t] = fma(moment.x, twist.x, fma(moment.y, twist.y, fma(moment.z, twist.z, to[t])));
    }
  }

  static KOKKOS_FORCEINLINE_FUNCTION Vec3<Value> fused_cross(const Vec3<Value>& u, const Vec3<Value>& v) {
    return {fma(u.y, v.z, -(u.z * v.y)), fma(u.z, v.x, -(u.x * v.z)), fma(u.x, v.y, -(u.y * v.x))};
  }

  /// One wavelength: the sums of all orientations of a pack.
  KOKKOS_FORCEINLINE_FUNCTION void add_orientations(const Source& source, int pack) {
    Totals& to = source.totals[pack];
    const T weight = static_cast<T>(source.tables.waves[source.group.first].weight);
    // Copies, which stay in registers.
    Value energy = to.energy, strain[9];
    for (int s = 0; s < 9; ++s) strain[s] = to.strain[s];
    [[maybe_unused]] Vec3<Value> push;
    if constexpr (Sums::everything) push = to.push;
    for (int e = m_begin[pack]; e < m_end[pack]; ++e) {
      const auto& lattice = m_list.lattice[e];
      const auto& structure = m_list.structure[e];
      const Value factor = structure.value * weight;
      energy = fma(factor, lattice.value, energy);
      Vec3<Value> v{factor * lattice.by_index.x, factor * lattice.by_index.y, factor * lattice.by_index.z};
      if (m_stages.varies) add_scaled(lattice.value * weight, structure.by_index, v);
      add_product(v, m_list.index[e], strain);
      if constexpr (Sums::everything) {
        const int orientation = m_list.orientation[e];
        const Vec3<Value> u = moved(source.more.orientations[orientation], v);
        push += u;
        add_twists(source, pack, orientation, u);
      }
    }
    to.energy = energy;
    for (int s = 0; s < 9; ++s) to.strain[s] = strain[s];
    if constexpr (Sums::everything) to.push = push;
  }

  /// Several wavelengths: of one orientation, h = s / lambda for all, so that sums of v / lambda are enough. Leaves w
  /// F^2 in place of F^2.
  KOKKOS_FORCEINLINE_FUNCTION void add_spectrum(const Source& source, int pack) {
    Totals& to = source.totals[pack];
    const Value zero(T(0));
    Value energy = to.energy;
    for (int e = m_begin[pack]; e < m_end[pack];) {
      const int orientation = m_list.orientation[e];
      Vec3<Value> first{zero, zero, zero}, second{zero, zero, zero};  // sums of v / lambda, of v / lambda^2
      T length(0);
      for (; e < m_end[pack] && m_list.orientation[e] == orientation; ++e) {
        const Wave<Number>& wave = source.tables.waves[m_list.wave[e]];
        const T inverse = static_cast<T>(wave.inverse_wavelength_per_A), weight = static_cast<T>(wave.weight);
        const auto& lattice = m_list.lattice[e];
        const auto& structure = m_list.structure[e];
        const Value factor = structure.value * weight;
        energy = fma(factor, lattice.value, energy);
        const Value once = factor * inverse;
        add_scaled(once, lattice.by_index, first);
        if (m_stages.varies) add_scaled(lattice.value * (weight * inverse), structure.by_index, first);
        if constexpr (Sums::everything) {
          add_scaled(once * inverse, lattice.by_index, second);
          if (m_stages.varies) add_scaled(lattice.value * (weight * inverse * inverse), structure.by_index, second);
        }
        length = static_cast<T>(wave.wavelength_A);
      }
      const Vec3<Value>& h = m_list.index[e - 1];
      const Vec3<Value> scaled{h.x * length, h.y * length, h.z * length};
      add_product(first, scaled, to.strain);
      if constexpr (Sums::everything) {
        to.wavelength = to.wavelength + fused_dot(second, scaled);
        const Vec3<Value> u = moved(source.more.orientations[orientation], first);
        to.push += u;
        add_twists(source, pack, orientation, u);
      }
    }
    to.energy = energy;
  }

  static KOKKOS_FORCEINLINE_FUNCTION void add_scaled(const Value& factor, const Vec3<Value>& v, Vec3<Value>& sum) {
    sum = {fma(factor, v.x, sum.x), fma(factor, v.y, sum.y), fma(factor, v.z, sum.z)};
  }

  KOKKOS_FORCEINLINE_FUNCTION void add_cells(const Source& source, int pack) {
    Totals& to = source.totals[pack];
    for (int e = m_begin[pack]; e < m_end[pack]; ++e) {
      auto& factor = m_list.structure[e].value;
      factor = factor * static_cast<T>(source.tables.waves[m_list.wave[e]].weight);
    }
    Value cells[3] = {to.cells[0], to.cells[1], to.cells[2]};
    for (int e = m_begin[pack]; e < m_end[pack]; ++e) {
      for (int s = 0; s < 3; ++s) cells[s] = fma(m_list.structure[e].value, m_list.lattice[e].by_cells[s], cells[s]);
    }
    for (int s = 0; s < 3; ++s) to.cells[s] = cells[s];
    if (m_stages.cells == 3) return;
    for (int s = 0; s < 3; ++s) cells[s] = to.cells[s + 3];
    for (int e = m_begin[pack]; e < m_end[pack]; ++e) {
      for (int s = 0; s < 3; ++s)
        cells[s] = fma(m_list.structure[e].value, m_list.lattice[e].by_cells[s + 3], cells[s]);
    }
    for (int s = 0; s < 3; ++s) to.cells[s + 3] = cells[s];
  }

  Stages m_stages;
  List m_list;
  int m_begin[static_cast<std::size_t>(MostPacks)], m_end[static_cast<std::size_t>(MostPacks)];  // of packs in the list
  bool m_screened = false;
  struct NoScreening {};
  std::conditional_t<screens, NearSpots<PrecisionT, width, std::max(MostPacks, width)>, NoScreening> m_near_spots;
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
