// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/evaluations.hpp"

#include <Kokkos_Core.hpp>

#include <cstddef>
#include <cstdint>

/// \file
/// Derivatives of a loss by structure factors. Each term of a pixel adds dLoss/dI f w L d(F^2)/dF to its reflection,
/// and of interpolated ones to the 64 around it. The sums are whole numbers, so that they are the same in any order: a
/// first pass adds up the magnitudes, which gives the unit.

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Sums of reflections, or of magnitudes alone.
struct ReflectionTable {
  std::int64_t* sums = nullptr;  ///< like StructureFactorTable::amplitude; nullptr: only magnitudes are added up
  double per_unit = 1;           ///< units of a sum
  double magnitudes = 0;         ///< sum of the magnitudes of what a piece adds

  /// Adds to the sum of an entry.
  KOKKOS_INLINE_FUNCTION void add(std::ptrdiff_t entry, double value) {
    if (sums == nullptr) {
      magnitudes += Kokkos::abs(value);
    } else {
      Kokkos::atomic_add(sums + entry, static_cast<std::int64_t>(Kokkos::floor(value * per_unit + 0.5)));
    }
  }
};

/// Terms of one pixel on their way to a ReflectionTable: those that follow each other mostly hit the same reflection,
/// to which they go together.
struct PendingReflection {
  ReflectionTable& table;
  std::ptrdiff_t entry = -1;  ///< that of `sum`; -1: none yet
  double sum = 0;

  /// Adds to the sum of an entry.
  KOKKOS_INLINE_FUNCTION void add(std::ptrdiff_t to, double value) {
    if (to != entry) flush();
    entry = to;
    sum += value;
  }
  /// Gives the sum away.
  KOKKOS_INLINE_FUNCTION void flush() {
    if (sum != 0) table.add(entry, sum);
    sum = 0;
  }
};

/// Gives terms to their reflections; one specialisation for each lookup.
template <class Lookup>
struct ScatterTerms;

/// The default is the one entry of a table that there is not.
template <>
struct ScatterTerms<physics::ConstantF> {
  template <class T, class List>
  static void add(const physics::StructureFactorTable<T>& table, const List& list, int begin, int end,
                  ReflectionTable& to) {
    constexpr int width = PackTraits<typename List::Lattice>::width;
    typename List::Lattice sum(T(0));
    for (int e = begin; e < end; ++e) sum = sum + list.value[e];
    T lane[static_cast<std::size_t>(width)];
    store(sum, static_cast<T*>(lane));
    for (int l = 0; l < width; ++l) add_one(table, lane[l], to);
  }

  /// Adds one term.
  template <class T, class To>
  static KOKKOS_INLINE_FUNCTION void add_one(const physics::StructureFactorTable<T>& table, T term, To& to) {
    const double slope = table.intensities ? 1.0 : 2 * static_cast<double>(table.default_amplitude);
    to.add(0, slope * static_cast<double>(term));
  }
};

/// The terms of a pixel mostly hit the same reflection one after the other: they are added up before they go to it.
template <>
struct ScatterTerms<physics::NearestF> {
  template <class T, class List>
  static void add(const physics::StructureFactorTable<T>& table, const List& list, int begin, int end,
                  ReflectionTable& to) {
    using Geometry = typename List::Geometry;
    typename List::Lattice sum(T(0));
    for (int e = begin; e < end; ++e) {
      sum = sum + list.value[e];
      const bool last = e + 1 == end;
      const Vec3<Geometry>& here = list.nearest[e];
      if (!last && list.set_offset[e + 1] == list.set_offset[e]) {
        const Vec3<Geometry>& next = list.nearest[e + 1];
        if (!any(!(here.x == next.x && here.y == next.y && here.z == next.z))) continue;
      }
      flush(table, here, list.set_offset[e], sum, to);
      sum = typename List::Lattice(T(0));
    }
  }

  /// Adds lanes to the nearest reflections.
  /// \tparam To  ReflectionTable or PendingReflection
  template <class T, class Geometry, class Value, class To>
  static KOKKOS_INLINE_FUNCTION void flush(const physics::StructureFactorTable<T>& table, const Vec3<Geometry>& nearest,
                                           std::ptrdiff_t set_offset, const Value& sum, To& to) {
    constexpr auto width = static_cast<std::size_t>(PackTraits<Geometry>::width);
    using Number = scalar_t<Geometry>;
    const Vec3<Geometry> inside = physics::clamp_to_border(table, nearest);
    Number h[width], k[width], l[width];
    T lane[width];
    store(inside.x, static_cast<Number*>(h));
    store(inside.y, static_cast<Number*>(k));
    store(inside.z, static_cast<Number*>(l));
    store(sum, static_cast<T*>(lane));
    for (std::size_t i = 0; i < width; ++i) {
      if (lane[i] == T(0)) continue;
      const std::ptrdiff_t entry =
          table.offset(static_cast<int>(h[i]), static_cast<int>(k[i]), static_cast<int>(l[i])) * table.step +
          set_offset;
      const double slope = table.intensities ? 1.0 : 2 * static_cast<double>(table.amplitude[entry]);
      to.add(entry, slope * static_cast<double>(lane[i]));
    }
  }
};

/// d(F^2)/dF_node = 2 F w, w the weight of the node; outside of the interpolated part as of the nearest reflection.
template <>
struct ScatterTerms<physics::TricubicF> {
  template <class T, class List>
  static void add(const physics::StructureFactorTable<T>& table, const List& list, int begin, int end,
                  ReflectionTable& to) {
    for (int e = begin; e < end; ++e) {
      const Indices<typename List::Geometry> at{list.hkl[e], list.nearest[e], list.set_offset[e]};
      add_lanes(table, at, list.value[e], to);
    }
  }

  /// Indices of terms.
  template <class Geometry>
  struct Indices {
    const Vec3<Geometry>& hkl;
    const Vec3<Geometry>& nearest;  ///< whole ones
    std::ptrdiff_t set_offset;
  };

  /// Adds a term of each lane.
  /// \tparam To  ReflectionTable or PendingReflection
  template <class T, class Geometry, class Lattice, class To>
  static KOKKOS_INLINE_FUNCTION void add_lanes(const physics::StructureFactorTable<T>& table,
                                               const Indices<Geometry>& at, const Lattice& value, To& to) {
    constexpr auto width = static_cast<std::size_t>(PackTraits<Geometry>::width);
    using Number = scalar_t<Geometry>;
    const auto inside = convert_mask<Lattice>(physics::can_interpolate(table, at.hkl));
    const Lattice zero(T(0));
    if (any(!inside)) {
      ScatterTerms<physics::NearestF>::flush(table, at.nearest, at.set_offset, select(inside, zero, value), to);
    }
    const Vec3<Geometry> base = physics::tricubic_base(table, at.hkl);
    const CubicWeights<Lattice> weights[3] = {CubicWeights<Lattice>(convert<Lattice>(at.hkl.x - base.x)),
                                              CubicWeights<Lattice>(convert<Lattice>(at.hkl.y - base.y)),
                                              CubicWeights<Lattice>(convert<Lattice>(at.hkl.z - base.z))};
    Number h[width], k[width], l[width];
    T lane[width], weight[3][4][width];
    store(base.x, static_cast<Number*>(h));
    store(base.y, static_cast<Number*>(k));
    store(base.z, static_cast<Number*>(l));
    store(select(inside, value, zero), static_cast<T*>(lane));
    for (int axis = 0; axis < 3; ++axis) {
      for (int n = 0; n < 4; ++n) store(weights[axis].w[n], static_cast<T*>(weight[axis][n]));
    }
    for (std::size_t i = 0; i < width; ++i) {
      if (lane[i] == T(0)) continue;
      const std::ptrdiff_t corner =
          table.offset(static_cast<int>(h[i]) - 1, static_cast<int>(k[i]) - 1, static_cast<int>(l[i]) - 1) +
          at.set_offset;
      add_nodes(
          table, corner, [&](int axis, int n) { return static_cast<double>(weight[axis][n][i]); },
          static_cast<double>(lane[i]), to);
    }
  }

 private:
  /// \param weight  (axis, node)
  template <class T, class Weight, class To>
  static KOKKOS_INLINE_FUNCTION void add_nodes(const physics::StructureFactorTable<T>& table, std::ptrdiff_t corner,
                                               const Weight& weight, double term, To& to) {
    const auto each_node = [&](auto&& f) {
      for (int i = 0; i < 4; ++i) {
        for (int j = 0; j < 4; ++j) {
          for (int n = 0; n < 4; ++n) {
            f(corner + (static_cast<std::ptrdiff_t>(i) * table.k_count + j) * table.l_count + n,
              weight(0, i) * weight(1, j) * weight(2, n));
          }
        }
      }
    };
    double amplitude = 0;
    each_node([&](std::ptrdiff_t entry, double w) { amplitude += w * static_cast<double>(table.amplitude[entry]); });
    const double slope = table.intensities ? 1.0 : 2 * amplitude;
    each_node([&](std::ptrdiff_t entry, double w) { to.add(entry, term * slope * w); });
  }
};

/// The place of terms on their way to reflections: no sums, but the factor that all terms of a pack share.
template <class Value, class List>
struct ReflectionTotals {
  using T = scalar_t<Value>;

  Value factor;                            ///< dLoss/dI times solid angle, absorption, polarisation and scale
  ReflectionTable* reflections = nullptr;  ///< of the piece
  void (*scatter)(const physics::StructureFactorTable<T>&, const List&, int begin, int end, ReflectionTable&) = nullptr;
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
