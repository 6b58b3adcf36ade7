// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/split_index.hpp"
#include "nbk/kernel/spot_line.hpp"
#include "nbk/plan/tables.hpp"
#include "nbk/simd/lane_extremes.hpp"

#include <type_traits>

/// \file
/// The wavelengths at which a compact spot can be seen, from a quadratic equation in place of one evaluation for each.
///
/// In a fixed direction the Miller indices are h(s) = H s with s = 1 / lambda and H = (a, b, c).(d - i). A spot of the
/// reflection n ends where |S (h - n)| = R, for the matrix S of spot axes and the radius R of the lattice factor. In
/// the terms of kernel/spot_line.hpp, about a middle s_m in place of an anchor, the ends are
///
///     t = (-p.y -+ sqrt(|y|^2 R^2 - |p x y|^2)) / |y|^2
///
/// The reflection follows from the middle: the spectrum is taken in parts so short that each index changes by
/// less than 1 - 2 reach, reach the largest |h - n| along an axis in a spot. Then n is the whole number nearest to
/// H s_m.
///
/// A window may be too wide, never too narrow: what is in it is evaluated as without, so that no bit depends on it.
/// Margins, in WavelengthWindows (plan/wavelength_windows.hpp): R is 1.001 times that of the lattice factor plus
/// the rounding of spot vectors (plan/spot_rounding.hpp); each part is 4 u' s longer at both ends, u' the rounding of
/// the geometry's numbers. Lengths in Angstrom, s in 1/Angstrom. Derived here; tests/agreement/windows.cpp compares
/// with all evaluations.

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Returns the wavelengths of a group in a range.
/// \param group   with wavelengths in order (SourceGroup::waves_per_inverse)
/// \param middle  of the range, 1/Angstrom
template <class Number, class T>
KOKKOS_FORCEINLINE_FUNCTION WaveRun waves_in(const Wave<Number>* waves, const SourceGroup<Number>& group, Number middle,
                                             const InverseRange<T>& range) {
  const bool rising = Number(0) < group.waves_per_inverse;
  const T low = rising ? range.least : -range.most, high = rising ? range.most : -range.least;
  const int first = group.first, last = group.first + group.count;
  // Exact where it matters: the difference of two numbers that are near each other.
  const auto place = [&](int w) {
    const T from_middle = static_cast<T>(waves[w].inverse_wavelength_per_A - middle);
    return rising ? from_middle : -from_middle;
  };
  const auto guess = [&](T from_middle) {
    const Number inverse = middle + static_cast<Number>(from_middle);
    const int w = first + static_cast<int>((inverse - waves[first].inverse_wavelength_per_A) * group.waves_per_inverse);
    return w < first ? first : w < last ? w : last - 1;
  };
  WaveRun run{guess(rising ? range.least : range.most), guess(rising ? range.most : range.least) + 1};
  while (run.begin < last && place(run.begin) < low) ++run.begin;
  while (run.begin > first && low <= place(run.begin - 1)) --run.begin;
  while (run.end > first && high < place(run.end - 1)) --run.end;
  while (run.end < last && place(run.end) <= high) ++run.end;
  return run;
}

/// Returns the parts of a spectrum for for_each_window(), or 0 where windows are not to be used.
/// \param difference  d - i of a pack of pixels
template <class Tables, class Geometry>
KOKKOS_FORCEINLINE_FUNCTION int window_parts(const Tables& tables, const SourceGroup<scalar_t<Geometry>>& group,
                                             const Vec3<Geometry>& difference) {
  using T = typename Tables::L;
  if (!tables.windows.used || group.waves_per_inverse == scalar_t<Geometry>(0)) return 0;
  const T length = static_cast<T>(sqrt(most_lane(fused_dot(difference, difference))));
  const Wave<scalar_t<Geometry>>* waves = tables.waves + group.first;
  const T width =
      static_cast<T>(abs(waves[group.count - 1].inverse_wavelength_per_A - waves[0].inverse_wavelength_per_A));
  return 1 + static_cast<int>(min(length * width * tables.windows.parts_per_change, T(1e6)));
}

/// True where windows cost less than all evaluations of `packs` packs.
/// \param parts  of all packs together
template <class Tables, class Number>
KOKKOS_FORCEINLINE_FUNCTION bool windows_pay(const Tables& tables, const SourceGroup<Number>& group, int packs,
                                             int parts) {
  using T = typename Tables::L;
  return parts > 0 && static_cast<T>(parts) <= static_cast<T>(group.count * packs) * tables.windows.parts_per_wave;
}

/// Calls visit(run, line) for the wavelengths of a source group that may see a spot, in the order of Tables::waves,
/// each wavelength once at most. No lane sees another reflection than that of its SpotLine.
/// \param radius_sqr  R^2: WavelengthWindows::radius_sqr or box_radius_sqr
/// \param scaled      H: Miller indices times the wavelength
/// \param parts       of window_parts(), > 0
template <class Lattice, class Tables, class Geometry, class Visit>
KOKKOS_FORCEINLINE_FUNCTION void for_each_window_of_spots(const Tables& tables,
                                                          const SourceGroup<scalar_t<Geometry>>& group,
                                                          scalar_t<Lattice> radius_sqr, const Vec3<Geometry>& scaled,
                                                          int parts, const Visit& visit) {
  using Number = scalar_t<Geometry>;
  using T = scalar_t<Lattice>;
  const auto slope = SpotSlope<Lattice>::of(tables.lattice, scaled);
  const Number first = tables.waves[group.first].inverse_wavelength_per_A;
  const Number width = (tables.waves[group.first + group.count - 1].inverse_wavelength_per_A - first) / Number(parts);
  const T half = static_cast<T>(abs(width)) * T(0.5) + tables.windows.edge_per_A;
  int next = group.first;
  for (int part = 0; part < parts; ++part) {
    const Number middle = fma(Number(part) + Number(0.5), width, first);
    const Vec3<Geometry> nearest{round_any(scaled.x * middle), round_any(scaled.y * middle),
                                 round_any(scaled.z * middle)};
    SpotLine<Lattice, Geometry> line(tables.lattice, scaled, nearest, slope);
    const InverseRange<T> range = line.within(middle, radius_sqr, half);
    if (!(range.least <= range.most)) continue;
    WaveRun run = waves_in(tables.waves, group, middle, range);
    if (run.begin < next) run.begin = next;
    if (run.begin >= run.end) continue;
    next = run.end;
    visit(run, line);
  }
}

/// Returns the wavelengths of a window of for_each_window_of_spots() whose spots are within a smaller radius.
template <class Lattice, class Tables, class Geometry>
KOKKOS_FORCEINLINE_FUNCTION WaveRun waves_within(const Tables& tables, const SourceGroup<scalar_t<Geometry>>& group,
                                                 scalar_t<Lattice> radius_sqr,
                                                 const SpotLine<Lattice, Geometry>& line) {
  using T = scalar_t<Lattice>;
  const scalar_t<Geometry> first = tables.waves[group.first].inverse_wavelength_per_A;
  const scalar_t<Geometry> last = tables.waves[group.first + group.count - 1].inverse_wavelength_per_A;
  const T whole = static_cast<T>(abs(last - first)) + tables.windows.edge_per_A;
  const InverseRange<T> range = line.within_smaller(radius_sqr, whole);
  if (!(range.least <= range.most)) return {};
  return waves_in(tables.waves, group, line.anchor(), range);
}

/// The same as for_each_window_of_spots() with visit(run).
template <class Lattice, class Tables, class Geometry, class Visit>
KOKKOS_FORCEINLINE_FUNCTION void for_each_window(const Tables& tables, const SourceGroup<scalar_t<Geometry>>& group,
                                                 scalar_t<Lattice> radius_sqr, const Vec3<Geometry>& scaled, int parts,
                                                 const Visit& visit) {
  for_each_window_of_spots<Lattice>(tables, group, radius_sqr, scaled, parts,
                                    [&](const WaveRun& run, const SpotLine<Lattice, Geometry>&) { visit(run); });
}

}  // namespace NBK_ISA
}  // namespace nbk::kernel
