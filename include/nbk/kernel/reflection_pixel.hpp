// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/gradient_pixel.hpp"
#include "nbk/kernel/per_term.hpp"
#include "nbk/kernel/reflection_sums.hpp"
#include "nbk/kernel/single_evaluations.hpp"

#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Gives the terms of one pixel per index to their reflections: for devices.
/// \tparam Slope  float or double
template <class ShapeT, StructureFactorLookup LookupT, class PrecisionT, class Slope>
struct ReflectionPixel {
  using Types = Packs<PrecisionT, 1>;
  using Geometry = typename Types::Geometry;
  using Value = typename Types::Lattice;

  Tables<PrecisionT> tables;
  PanelPositions positions;
  const Slope* slopes = nullptr;  ///< dLoss/dI by position
  ReflectionTable reflections;    ///< copied for each pixel
  double* magnitudes = nullptr;   ///< [index]

  KOKKOS_INLINE_FUNCTION void operator()(std::int64_t index) const {
    ReflectionTable own = reflections;
    const PixelPlace place = positions.place(tables, index);
    const Slope slope = slopes[positions.of(tables, index)];
    if (slope != Slope(0) && is_wanted(tables, place)) {
      PendingReflection to{own};
      add_pixel(place, static_cast<Value>(slope) * static_cast<Value>(tables.scale), to);
      to.flush();
    }
    magnitudes[index] = own.magnitudes;
  }

 private:
  /// Numbers that the terms of a source direction share.
  struct Source {
    const SourceGroup<Geometry>& group;
    Vec3<Geometry> q;  // of a spectrum times the wavelength
    Geometry length;
    Value factor;
  };

  KOKKOS_FORCEINLINE_FUNCTION void add_pixel(const PixelPlace& place, Value of_pixel, PendingReflection& to) const {
    PerTerm::Factors<Types, PrecisionT> factors;
    PerTerm::Running<Types> running;
    factors.begin(tables, running);
    const auto fast = static_cast<Geometry>(place.fast + tables.first_fast);
    const auto slow = static_cast<Geometry>(place.slow + tables.first_slow);
    for (Subpixel sub; sub.layer < tables.layers.count; ++sub.layer) {
      for (sub.slow = 0; sub.slow < tables.oversample; ++sub.slow) {
        for (sub.fast = 0; sub.fast < tables.oversample; ++sub.fast) {
          const ExitRay<Geometry> ray = exit_ray_anywhere(tables, fast, slow, sub);
          factors.direction(tables, sub, ray);
          for (int g = 0; g < tables.group_count; ++g) {
            const SourceGroup<Geometry>& group = tables.groups[g];
            const Vec3<Geometry> difference = ray.direction - group.incident;
            factors.source(tables, group, ScatteredPair<Geometry>{ray.direction, group, tables.kahn_factor}, true,
                           running);
            const Geometry scale = group.count > 1 ? Geometry(1) : tables.waves[group.first].inverse_wavelength_per_A;
            add_source({group, scale * difference, sqrt(dot(difference, difference)),
                        of_pixel * static_cast<Value>(factors.geometric * factors.polarization)},
                       to);
          }
        }
      }
    }
  }

  KOKKOS_FORCEINLINE_FUNCTION void add_source(const Source& source, PendingReflection& to) const {
    for_each_evaluation<ShapeT, Value>(
        tables, source.group, source.q,
        [&](int, const Wave<Geometry>& wave, const auto& indices) { add_one(source, wave, indices, to); });
  }

  template <class Indices>
  KOKKOS_FORCEINLINE_FUNCTION void add_one(const Source& source, const Wave<Geometry>& wave, const Indices& indices,
                                           PendingReflection& to) const {
    SplitIndices<Geometry, Value> at;
    if (!split_counted<ShapeT>(tables, source.length, wave, indices, at)) return;
    const Value lattice = ShapeT::intensity(tables.lattice, at.rest);
    const Value term = source.factor * static_cast<Value>(wave.weight) * lattice;
    const auto& table = tables.structure_factors;
    const std::ptrdiff_t set_offset = wave.structure_factor_set * table.step_of_set;
    if constexpr (std::is_same_v<LookupT, physics::ConstantF>) {
      ScatterTerms<LookupT>::add_one(table, term, to);
    } else if constexpr (std::is_same_v<LookupT, physics::NearestF>) {
      ScatterTerms<LookupT>::flush(table, at.nearest, set_offset, term, to);
    } else {
      using At = typename ScatterTerms<LookupT>::template Indices<Geometry>;
      ScatterTerms<LookupT>::add_lanes(table, At{at.value, at.nearest, set_offset}, term, to);
    }
  }
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
