// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/split_index.hpp"
#include "nbk/kernel/wavelength_window.hpp"
#include "nbk/physics/scattering.hpp"

/// \file
/// The evaluations of one pixel one after another, for the kernels of devices that differentiate.

namespace nbk::kernel {
inline namespace NBK_ISA {

/// The Miller indices of an evaluation, split.
template <class Geometry, class Value>
struct SplitIndices {
  Vec3<Geometry> value, nearest;
  Vec3<Value> rest;
};

/// Splits the indices of an evaluation. Returns false, perhaps before all are split, where it adds nothing: beyond the
/// reach of a compact spot or beyond the resolution.
/// \param length  of d - i
template <class ShapeT, class PrecisionT, class Geometry, class Indices, class Value>
KOKKOS_FORCEINLINE_FUNCTION bool split_counted(const Tables<PrecisionT>& tables, const Geometry& length,
                                               const Wave<Geometry>& wave, const Indices& indices,
                                               SplitIndices<Geometry, Value>& split) {
  const auto h = split_index<true, Value>(indices.h());
  if (ShapeT::compact && !(abs(h.rest) <= tables.lattice.reach.x)) return false;
  const auto k = split_index<true, Value>(indices.k());
  if (ShapeT::compact && !(abs(k.rest) <= tables.lattice.reach.y)) return false;
  const auto l = split_index<true, Value>(indices.l());
  if (ShapeT::compact && !(abs(l.rest) <= tables.lattice.reach.z)) return false;
  if (tables.dmin_A > Geometry(0) && physics::beyond_resolution(length, tables.dmin_A, wave.wavelength_A)) return false;
  split = {{h.value, k.value, l.value}, {h.nearest, k.nearest, l.nearest}, {h.rest, k.rest, l.rest}};
  return true;
}

/// Calls evaluate(orientation, wave, indices) for the evaluations of a source direction that may see a spot.
/// \param q  d - i, over the wavelength where there is only one
template <class ShapeT, class Value, class PrecisionT, class Geometry, class Evaluate>
KOKKOS_FORCEINLINE_FUNCTION void for_each_evaluation(const Tables<PrecisionT>& tables,
                                                     const SourceGroup<Geometry>& group, const Vec3<Geometry>& q,
                                                     const Evaluate& evaluate) {
  const int parts = ShapeT::compact && group.count > 1 ? window_parts(tables, group, q) : 0;
  [[maybe_unused]] const bool pay = windows_pay(tables, group, 1, parts);
  for (int o = 0; o < tables.orientation_count; ++o) {
    const physics::CellAxes<Geometry> axes = tables.orientations[o];
    if (group.count == 1) {
      const Wave<Geometry> wave = tables.waves[group.first];
      evaluate(o, wave, IndicesOfOrientation<Geometry>{axes, q});
      continue;
    }
    const Vec3<Geometry> scaled = physics::miller_indices(axes, q);
    const auto visit = [&](const WaveRun& run) {
      for (int w = run.begin; w < run.end; ++w) {
        const Wave<Geometry> wave = tables.waves[w];
        evaluate(o, wave, IndicesOfWavelength<Geometry>{scaled, wave.inverse_wavelength_per_A});
      }
    };
    if constexpr (ShapeT::compact) {
      if (pay) {
        for_each_window<Value>(tables, group, tables.windows.box_radius_sqr, scaled, parts, visit);
        continue;
      }
    }
    visit({group.first, group.first + group.count});
  }
}

}  // namespace NBK_ISA
}  // namespace nbk::kernel
