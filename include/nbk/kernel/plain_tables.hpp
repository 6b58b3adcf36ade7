// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/plan/tables.hpp"
#include "nbk/simd/isa.hpp"

/// \file
/// Experiments of which a device's compiler knows more: what they do not have is constant in a copy of their tables. So
/// branches, loops of one turn and the loads of what they read are gone, without a second copy of the physics.

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Cases that are compiled on their own.
enum class PlainCase {
  none,           ///< anything
  many_cells,     ///< flat panel, no resolution limit, square crystal whose gratings are no polynomials
  few_cells,      ///< the same whose gratings are polynomials
  one_evaluation  ///< the same, with one term a pixel if the only source direction has one wavelength
};

/// Returns the case of an image.
template <class PrecisionT>
PlainCase plain_case(const Tables<PrecisionT>& tables) {
  if (tables.dmin_A > typename PrecisionT::Geometry(0) || tables.panel.curved || tables.listed.places != nullptr)
    return PlainCase::none;
  if (!tables.lattice.few_cells) return PlainCase::many_cells;
  const bool one =
      tables.layers.count == 1 && tables.oversample == 1 && tables.group_count == 1 && tables.orientation_count == 1;
  return one ? PlainCase::one_evaluation : PlainCase::few_cells;
}

/// Calls compute(tables) with tables of a plain case, for devices.
template <class PrecisionT, class Compute>
KOKKOS_FORCEINLINE_FUNCTION void with_plain_tables(const Tables<PrecisionT>& tables, PlainCase plain,
                                                   const Compute& compute) {
  Tables<PrecisionT> own = tables;
  own.dmin_A = typename PrecisionT::Geometry(0);
  own.panel.curved = false;
  if (plain == PlainCase::many_cells) {
    own.lattice.few_cells = false;
    return compute(own);
  }
  own.lattice.few_cells = true;
  if (plain == PlainCase::one_evaluation && tables.groups[0].count == 1) {
    Tables<PrecisionT> one = own;
    SourceGroup<typename PrecisionT::Geometry> group = tables.groups[0];
    group.count = 1;
    one.groups = &group;
    one.layers.count = one.oversample = one.group_count = one.orientation_count = 1;
    return compute(one);
  }
  compute(own);
}

}  // namespace NBK_ISA
}  // namespace nbk::kernel
