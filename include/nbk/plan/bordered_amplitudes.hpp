// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/structure_factors.hpp"
#include "nbk/physics/structure_factor/table.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace nbk::plan {

/// The table without its amplitudes: box and border.
/// \param has_table  whether there are amplitudes, here or elsewhere
template <class L>
physics::StructureFactorTable<L> table_shape(const StructureFactors& f, bool has_table) {
  physics::StructureFactorTable<L> t;
  t.default_amplitude = static_cast<L>(f.default_amplitude);
  t.intensities = f.intensities;
  t.default_intensity = t.squared(t.default_amplitude);
  if (!has_table) return t;
  t.h_border = f.h_min - 1;
  t.k_border = f.k_min - 1;
  t.l_border = f.l_min - 1;
  t.h_count = f.h_max - f.h_min + 3;
  t.k_count = f.k_max - f.k_min + 3;
  t.l_count = f.l_max - f.l_min + 3;
  return t;
}

/// Amplitudes of a table with its border.
template <class L>
std::size_t table_size(const physics::StructureFactorTable<L>& t) {
  return static_cast<std::size_t>(t.h_count) * static_cast<std::size_t>(t.k_count) *
         static_cast<std::size_t>(t.l_count);
}

/// Returns the ranges that hold those of all sets, without amplitudes: what the sets have in common is that of set 0. A
/// set without a table has its default everywhere.
inline StructureFactors common_ranges(const StructureFactors& first, const std::vector<StructureFactors>& further) {
  StructureFactors all = first;
  all.amplitude.clear();
  bool any = first.has_table();
  for (const StructureFactors& set : further) {
    if (!set.has_table()) continue;
    all.h_min = any ? std::min(all.h_min, set.h_min) : set.h_min;
    all.k_min = any ? std::min(all.k_min, set.k_min) : set.k_min;
    all.l_min = any ? std::min(all.l_min, set.l_min) : set.l_min;
    all.h_max = any ? std::max(all.h_max, set.h_max) : set.h_max;
    all.k_max = any ? std::max(all.k_max, set.k_max) : set.k_max;
    all.l_max = any ? std::max(all.l_max, set.l_max) : set.l_max;
    any = true;
  }
  if (!any) all.h_min = all.h_max = all.k_min = all.k_max = all.l_min = all.l_max = 0;
  return all;
}

/// Puts the amplitudes of a set into a table, with the set's default around them and on a border of one plane on every
/// side.
/// \param to  of the set's own entries in the table
template <class L>
void fill_set(const StructureFactors& f, const physics::StructureFactorTable<L>& t, L* to) {
  const std::size_t all = table_size(t);
  const auto step = static_cast<std::size_t>(t.step);
  for (std::size_t i = 0; i < all; ++i) to[i * step] = static_cast<L>(f.default_amplitude);
  const double* from = f.amplitude.data();
  if (!f.has_table()) return;
  for (int h = f.h_min; h <= f.h_max; ++h) {
    for (int k = f.k_min; k <= f.k_max; ++k) {
      L* row = to + t.offset(h, k, f.l_min) * t.step;
      for (int l = f.l_min; l <= f.l_max; ++l, row += step) *row = static_cast<L>(*from++);
    }
  }
}

/// The amplitudes of all sets as kernels read them.
/// \param t  from table_of_sets()
template <class L>
std::vector<L> bordered_amplitudes(const StructureFactors& first, const std::vector<StructureFactors>& further,
                                   const physics::StructureFactorTable<L>& t) {
  std::vector<L> all(table_size(t) * static_cast<std::size_t>(t.sets));
  fill_set(first, t, all.data());
  std::ptrdiff_t offset = 0;
  for (const StructureFactors& set : further) fill_set(set, t, all.data() + (offset += t.step_of_set));
  return all;
}

/// The table of several sets without its amplitudes. Interpolation wants the reflections of a set side by side;
/// otherwise the sets of a reflection stand side by side, since a pixel asks for all of them one after the other.
template <class L>
physics::StructureFactorTable<L> table_of_sets(const StructureFactors& ranges, bool has_table, std::size_t sets,
                                               bool interpolate) {
  physics::StructureFactorTable<L> t = table_shape<L>(ranges, has_table);
  t.sets = static_cast<int>(sets);
  if (sets > 1) {
    t.step = interpolate ? 1 : t.sets;
    t.step_of_set = interpolate ? static_cast<std::ptrdiff_t>(table_size(t)) : 1;
  }
  return t;
}

}  // namespace nbk::plan
