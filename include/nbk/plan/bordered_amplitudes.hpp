// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/structure_factors.hpp"
#include "nbk/physics/structure_factor/table.hpp"

#include <cstddef>
#include <vector>

namespace nbk::plan {

/// The table without its amplitudes: box and border.
/// \param has_table  whether there are amplitudes, here or elsewhere
template <class L>
physics::StructureFactorTable<L> table_shape(const StructureFactors& f, bool has_table) {
  physics::StructureFactorTable<L> t;
  t.default_amplitude = static_cast<L>(f.default_amplitude);
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

/// The amplitudes with the default on a border of one plane on every side.
template <class L>
std::vector<L> bordered_amplitudes(const StructureFactors& f) {
  if (!f.has_table()) return {};
  const auto t = table_shape<L>(f, true);
  std::vector<L> all(table_size(t), t.default_amplitude);
  const double* from = f.amplitude.data();
  for (int h = f.h_min; h <= f.h_max; ++h) {
    for (int k = f.k_min; k <= f.k_max; ++k) {
      L* to = all.data() + t.offset(h, k, f.l_min);
      for (int l = f.l_min; l <= f.l_max; ++l) *to++ = static_cast<L>(*from++);
    }
  }
  return all;
}

}  // namespace nbk::plan
