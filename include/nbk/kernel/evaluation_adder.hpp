// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/evaluations.hpp"
#include "nbk/kernel/reflection_sums.hpp"
#include "nbk/plan/derivative_tables.hpp"

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
  typename Types::Lattice factor;            ///< solid angle, absorption and polarisation, for terms that apply them
};

/// The place to which terms are added: SourceSums, or reflections.
template <class Sums, class Value, class List>
using TotalsOf = std::conditional_t<sums_pixels<Sums>, SourceSums<Sums, Value>, ReflectionTotals<Value, List>>;

/// A v of an orientation A.
template <class Value>
KOKKOS_FORCEINLINE_FUNCTION Vec3<Value> moved(const physics::CellAxes<scalar_t<Value>>& axes, const Vec3<Value>& v) {
  return {fma(v.x, axes.a.x, fma(v.y, axes.b.x, v.z * axes.c.x)),
          fma(v.x, axes.a.y, fma(v.y, axes.b.y, v.z * axes.c.y)),
          fma(v.x, axes.a.z, fma(v.y, axes.b.z, v.z * axes.c.z))};
}

/// v h^T, added to nine sums.
template <class Value>
KOKKOS_FORCEINLINE_FUNCTION void add_product(const Vec3<Value>& v, const Vec3<Value>& h, Value (&strain)[9]) {
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

/// `factor` v, added to a sum.
template <class Value>
KOKKOS_FORCEINLINE_FUNCTION void add_scaled(const Value& factor, const Vec3<Value>& v, Vec3<Value>& sum) {
  sum = {fma(factor, v.x, sum.x), fma(factor, v.y, sum.y), fma(factor, v.z, sum.z)};
}

/// (d - i).(u x w) = w.((d - i) x u), added to the sums of all twists w of an orientation.
template <class Value, class PrecisionT>
KOKKOS_FORCEINLINE_FUNCTION void add_twists(const DerivativeTables<PrecisionT>& more, int orientation,
                                            const Vec3<Value>& difference, const Vec3<Value>& u, Value* sums) {
  using T = scalar_t<Value>;
  if (more.twist_count == 0) return;
  const Vec3<Value> moment{fma(difference.y, u.z, -(difference.z * u.y)), fma(difference.z, u.x, -(difference.x * u.z)),
                           fma(difference.x, u.y, -(difference.y * u.x))};
  const Vec3<T>* const twists = more.twists + orientation * more.twist_count;
  for_first<physics::PixelSums::most_twists>(more.twist_count, [&](int t) {
    const Vec3<T>& twist = twists[t];
    // added last: what waits for the last sum is short
    sums[t] = sums[t] + fma(moment.x, twist.x, fma(moment.y, twist.y, moment.z * twist.z));
  });
}

/// u x w, added to a sum: of a single twist this is less work than add_twists().
template <class Value>
KOKKOS_FORCEINLINE_FUNCTION void add_cross(const Vec3<Value>& u, const Vec3<scalar_t<Value>>& w, Vec3<Value>& sum) {
  sum.x = fma(u.z, -w.y, fma(u.y, w.z, sum.x));
  sum.y = fma(u.x, -w.z, fma(u.z, w.x, sum.y));
  sum.z = fma(u.y, -w.x, fma(u.x, w.y, sum.z));
}

/// Adds a list of evaluations, whose stages have run, to the sums of packs of pixels.
template <class Sums, class Stages, class List, class PrecisionT>
class EvaluationAdder {
 public:
  using Value = typename List::Lattice;
  using Totals = TotalsOf<Sums, Value, List>;
  using Group = SourceGroup<typename PrecisionT::Geometry>;

  KOKKOS_FORCEINLINE_FUNCTION EvaluationAdder(const Tables<PrecisionT>& tables,
                                              const DerivativeTables<PrecisionT>& more, const Stages& stages,
                                              List& list)
      : m_tables(tables), m_more(more), m_stages(stages), m_list(list) {}

  /// Takes away what is beyond the resolution limit, before the lattice's stage.
  template <class In>
  KOKKOS_FORCEINLINE_FUNCTION void cut_resolution(int begin, int end, const In& in) {
    for (int e = begin; e < end; ++e) {
      const auto beyond = convert_mask<Value>(
          physics::beyond_resolution(in.length, m_tables.dmin_A, m_tables.waves[m_list.wave[e]].wavelength_A));
      m_list.factor[e] = select(beyond, Value(T(0)), m_list.factor[e]);
    }
  }

  /// Adds the evaluations [begin, end), all of one pack.
  template <class In>
  KOKKOS_FORCEINLINE_FUNCTION void add(const Group& group, int begin, int end, const In& in, Totals& to) {
    if (begin == end) return;
    if constexpr (!sums_pixels<Sums>) {
      scatter(begin, end, in, to);
    } else {
      if (m_stages.varies) apply_structure(begin, end);
      if (group.count > 1) {
        add_spectrum(begin, end, in, to);
      } else {
        add_orientations(begin, end, in, to);
      }
      if constexpr (Sums::everything) {
        if (m_more.uses_cells && m_stages.cells == 6) add_further_cells(begin, end, to);
      }
    }
  }

 private:
  using Number = typename PrecisionT::Geometry;
  using T = scalar_t<Value>;

  /// Gives the terms of a pack to their reflections.
  template <class In>
  KOKKOS_FORCEINLINE_FUNCTION void scatter(int begin, int end, const In& in, const Totals& to) {
    for (int e = begin; e < end; ++e) {
      Value factor = to.factor * m_list.weight[e];
      if (m_tables.dmin_A > Number(0)) {
        const Number wavelength_A = m_tables.waves[m_list.wave[e]].wavelength_A;
        factor = select(convert_mask<Value>(physics::beyond_resolution(in.length, m_tables.dmin_A, wavelength_A)),
                        Value(T(0)), factor);
      }
      m_list.value[e] = m_list.value[e] * factor;
    }
    to.scatter(m_tables.structure_factors, m_list, begin, end, *to.reflections);
  }

  /// Brings structure factors that vary between nodes in: d(L F^2)/dh = F^2 dL/dh + L d(F^2)/dh.
  KOKKOS_FORCEINLINE_FUNCTION void apply_structure(int begin, int end) {
    for (int e = begin; e < end; ++e) {
      const auto& structure = m_list.structure[e];
      Vec3<Value> v = structure.value * m_list.by_index[e];
      add_scaled(m_list.value[e], structure.by_index, v);
      m_list.by_index[e] = v;
      m_list.value[e] = m_list.value[e] * structure.value;
      if constexpr (Sums::everything) {
        if (!m_more.uses_cells) continue;
        for (int i = 0; i < m_stages.cells; ++i) m_list.by_cells[e][i] = m_list.by_cells[e][i] * structure.value;
      }
    }
  }

  /// Sums that need A v besides v.
  enum class Push { none, alone, one_twist, twists };

  /// One wavelength: the sums of all orientations of a pack. What a call does not read is asked before the loop.
  template <class In>
  KOKKOS_FORCEINLINE_FUNCTION void add_orientations(int begin, int end, const In& in, Totals& to) {
    if constexpr (Sums::everything) {
      if (m_more.uses_cells) add_cells(sum_of_cells(begin, end), to);
      if (m_more.uses_push) {
        switch (m_more.twist_count) {
          case 0: return add_terms<Push::alone>(begin, end, in, to);
          case 1: return add_terms<Push::one_twist>(begin, end, in, to);
          default: return add_terms<Push::twists>(begin, end, in, to);
        }
      }
    }
    add_terms<Push::none>(begin, end, in, to);
  }

  template <Push What, class In>
  KOKKOS_FORCEINLINE_FUNCTION void add_terms(int begin, int end, const In& in, Totals& to) {
    const physics::CellAxes<T>* const orientations = m_more.orientations;
    [[maybe_unused]] const Vec3<T>* const twists = m_more.twists;
    const Value zero(T(0));
    // Copies, which stay in registers.
    Value energy = to.energy, strain[9];
    [[maybe_unused]] Vec3<Value> push{zero, zero, zero}, turn{zero, zero, zero};
    for (int s = 0; s < 9; ++s) strain[s] = to.strain[s];
    for (int e = begin; e < end; ++e) {
      const Vec3<Value> v = m_list.by_index[e];
      energy = energy + m_list.value[e];
      add_product(v, m_list.index[e], strain);
      if constexpr (What != Push::none) {
        const int orientation = m_list.orientation[e];
        const Vec3<Value> u = moved(orientations[orientation], v);
        push += u;
        if constexpr (What == Push::one_twist) add_cross(u, twists[orientation], turn);
        if constexpr (What == Push::twists)
          add_twists(m_more, orientation, in.difference, u, static_cast<Value*>(to.twist));
      }
    }
    to.energy = energy;
    for (int s = 0; s < 9; ++s) to.strain[s] = strain[s];
    if constexpr (What != Push::none) to.push += push;
    if constexpr (What == Push::one_twist) to.twist[0] = to.twist[0] + fused_dot(in.difference, turn);
  }

  KOKKOS_FORCEINLINE_FUNCTION Vec3<Value> sum_of_cells(int begin, int end) const {
    Vec3<Value> cells{Value(T(0)), Value(T(0)), Value(T(0))};
    for (int e = begin; e < end; ++e) cells += first_cells(e);
    return cells;
  }

  KOKKOS_FORCEINLINE_FUNCTION Vec3<Value> first_cells(int e) const {
    return {m_list.by_cells[e][0], m_list.by_cells[e][1], m_list.by_cells[e][2]};
  }

  KOKKOS_FORCEINLINE_FUNCTION void add_cells(const Vec3<Value>& cells, Totals& to) const {
    to.cells[0] = fma(cells.x, m_list.cells_factor.x, to.cells[0]);
    to.cells[1] = fma(cells.y, m_list.cells_factor.y, to.cells[1]);
    to.cells[2] = fma(cells.z, m_list.cells_factor.z, to.cells[2]);
  }

  /// Sums over evaluations of several wavelengths.
  struct SumsOfWaves {
    Value energy;
    Vec3<Value> cells;
    Vec3<Value> first, second;  // of v / lambda and of v / lambda^2, of one orientation
  };

  /// Several wavelengths: of one orientation, h = s / lambda for all, so that sums of v / lambda are enough.
  template <class In>
  KOKKOS_FORCEINLINE_FUNCTION void add_spectrum(int begin, int end, const In& in, Totals& to) {
    if constexpr (Sums::everything) {
      if (m_more.uses_wavelength || m_more.uses_cells) return add_runs<true>(begin, end, in, to);
    }
    add_runs<false>(begin, end, in, to);
  }

  /// The same in one loop for all sums: each waits for its last addition, and the others go on meanwhile.
  /// \tparam All  the second sum and the cells, too
  template <bool All, class In>
  KOKKOS_FORCEINLINE_FUNCTION void add_runs(int begin, int end, const In& in, Totals& to) {
    const auto* const waves = m_tables.waves;
    const Value zero(T(0));
    const Vec3<Value> none{zero, zero, zero};
    SumsOfWaves sums{to.energy, none, none, none};
    for (int e = begin; e < end;) {
      const int orientation = m_list.orientation[e];
      const Vec3<Value>& scaled = m_list.index[e];
      sums.first = sums.second = none;
      for (; e < end && m_list.orientation[e] == orientation; ++e) {
        const T inverse = static_cast<T>(waves[m_list.wave[e]].inverse_wavelength_per_A);
        const Vec3<Value>& v = m_list.by_index[e];
        sums.energy = sums.energy + m_list.value[e];
        add_scaled(Value(inverse), v, sums.first);
        if constexpr (All) {
          add_scaled(Value(inverse * inverse), v, sums.second);
          sums.cells += first_cells(e);
        }
      }
      add_product(sums.first, scaled, to.strain);
      if constexpr (Sums::everything) {
        if constexpr (All) to.wavelength = to.wavelength + fused_dot(sums.second, scaled);
        if (!m_more.uses_push) continue;
        const Vec3<Value> u = moved(m_more.orientations[orientation], sums.first);
        to.push += u;
        add_twists(m_more, orientation, in.difference, u, static_cast<Value*>(to.twist));
      }
    }
    to.energy = sums.energy;
    if constexpr (All) {
      if (m_more.uses_cells) add_cells(sums.cells, to);
    }
  }

  /// Adds what is off the diagonal of the matrix of cells.
  KOKKOS_FORCEINLINE_FUNCTION void add_further_cells(int begin, int end, Totals& to) {
    Vec3<Value> cells{to.cells[3], to.cells[4], to.cells[5]};
    for (int e = begin; e < end; ++e) {
      const auto& by_cells = m_list.by_cells[e];
      cells += Vec3<Value>{by_cells[3], by_cells[4], by_cells[5]};
    }
    to.cells[3] = cells.x;
    to.cells[4] = cells.y;
    to.cells[5] = cells.z;
  }

  const Tables<PrecisionT>& m_tables;
  const DerivativeTables<PrecisionT>& m_more;
  const Stages& m_stages;
  List& m_list;
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
