// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/compat/compounding.hpp"
#include "nbk/kernel/image_rows.hpp"
#include "nbk/physics/shape/lattice_factor.hpp"
#include "nbk/physics/structure_factor/nearest.hpp"
#include "nbk/physics/structure_factor/tricubic.hpp"

#include <cstdint>
#include <limits>

/// \file
/// Two quirks of the C program depend on the order in which a serial run evaluates things. They touch one pixel each,
/// which is found by a search and then computed again, alone, in that order (docs/physics.md, Q1 and Q10).

namespace nbk::compat {
inline namespace NBK_ISA {

inline constexpr std::int64_t no_pixel = std::numeric_limits<std::int64_t>::max();

/// The way in which the walk below finds structure factors; `interrupted` is tricubic until an evaluation does not fit
/// into the table, nearest from there.
enum class OrderedLookup { constant, nearest, tricubic, interrupted };

/// A pixel that depends on order, and what is special about it.
template <class PrecisionT>
struct OrderedPixel {
  std::int64_t pixel = no_pixel;  ///< index within the window, row by row
  OrderedLookup lookup = OrderedLookup::constant;
  /// Orientations of its first evaluated source; nullptr: as everywhere.
  const physics::CellAxes<typename PrecisionT::Geometry>* first_orientations = nullptr;
};

/// F^2 of one evaluation; `lookup` changes to nearest where an interruption happens.
template <class Geometry, class Lattice>
KOKKOS_INLINE_FUNCTION Lattice ordered_intensity(const physics::StructureFactorTable<Lattice>& table,
                                                 OrderedLookup& lookup, std::ptrdiff_t set_offset,
                                                 const Vec3<Geometry>& hkl, const Vec3<Geometry>& nearest) {
  if (lookup == OrderedLookup::interrupted && !physics::can_interpolate(table, hkl)) lookup = OrderedLookup::nearest;
  if (lookup == OrderedLookup::constant) return table.default_intensity;
  if (lookup == OrderedLookup::nearest) {
    physics::NearestF::State<Geometry, Lattice> state;
    state.set_offset = set_offset;
    return physics::NearestF::intensity<Geometry, Lattice>(table, state, hkl, nearest);
  }
  physics::TricubicF::State<Geometry, Lattice> state;
  state.set_offset = set_offset;
  return physics::TricubicF::intensity<Geometry, Lattice>(table, state, hkl, nearest);
}

/// The event that ends a walk before all evaluations are done.
enum class WalkUntil { the_end, first_evaluation, outside_table };

/// The value of a pixel, or that the walk met what it was to look for.
template <class Sum>
struct WalkResult {
  Sum value;
  bool met = false;
};

/// The lattice factor of a shape, as an object.
template <LatticeFactor Shape>
struct ShapeFactor {
  template <class Lattice>
  KOKKOS_FORCEINLINE_FUNCTION Lattice operator()(const physics::LatticeParameters<Lattice>& parameters,
                                                 const Vec3<Lattice>& rest) const {
    return Shape::intensity(parameters, rest);
  }
};

/// The lattice factor of any shape, called: for hosts, where one walk is then enough for all shapes.
template <class Lattice>
struct CalledFactor {
  Lattice (*intensity)(const physics::LatticeParameters<Lattice>&, const Vec3<Lattice>&) = nullptr;

  KOKKOS_FORCEINLINE_FUNCTION Lattice operator()(const physics::LatticeParameters<Lattice>& parameters,
                                                 const Vec3<Lattice>& rest) const {
    return intensity(parameters, rest);
  }
};

/// Computes one pixel, one value at a time, in the order of the C program; otherwise as kernel::PixelBlock.
template <class Factor, class PrecisionT>
KOKKOS_INLINE_FUNCTION WalkResult<typename PrecisionT::Accumulate> inlined_walk(const Factor& factor,
                                                                                const Tables<PrecisionT>& tables,
                                                                                const OrderedPixel<PrecisionT>& special,
                                                                                int fast, int slow, WalkUntil until) {
  using Geometry = typename PrecisionT::Geometry;
  using Lattice = typename PrecisionT::Lattice;
  Compounding::Factors<kernel::Packs<PrecisionT, 1>, PrecisionT> factors;  // without flags the same as FirstValue
  typename Compounding::Running<kernel::Packs<PrecisionT, 1>> running;
  factors.begin(tables, running);
  OrderedLookup lookup = special.lookup;
  const auto* orientations = special.first_orientations != nullptr ? special.first_orientations : tables.orientations;
  for (kernel::Subpixel sub; sub.layer < tables.layers.count; ++sub.layer) {
    for (sub.slow = 0; sub.slow < tables.oversample; ++sub.slow) {
      for (sub.fast = 0; sub.fast < tables.oversample; ++sub.fast) {
        const kernel::ExitRay<Geometry> ray =
            kernel::exit_ray(tables, static_cast<Geometry>(fast + tables.first_fast), slow + tables.first_slow, sub);
        factors.direction(tables, sub, ray);
        for (int g = 0; g < tables.group_count; ++g) {
          const SourceGroup<Geometry>& group = tables.groups[g];
          const Vec3<Geometry> difference = ray.direction - group.incident;
          const Geometry length = sqrt(dot(difference, difference));
          factors.source(tables, group, kernel::ScatteredPair<Geometry>{ray.direction, group, tables.kahn_factor},
                         !physics::beyond_resolution(length, tables.dmin_A, group.longest_wavelength_A), running);
          for (int w = group.first; w < group.first + group.count; ++w) {
            const Wave<Geometry>& wave = tables.waves[w];
            if (tables.dmin_A > Geometry(0) && physics::beyond_resolution(length, tables.dmin_A, wave.wavelength_A))
              continue;
            for (int o = 0; o < tables.orientation_count; ++o) {
              const Vec3<Geometry> hkl =
                  physics::miller_indices(orientations[o], wave.inverse_wavelength_per_A * difference);
              const Vec3<Geometry> nearest{physics::nearest_index(hkl.x), physics::nearest_index(hkl.y),
                                           physics::nearest_index(hkl.z)};
              const Lattice lattice =
                  factor(tables.lattice, Vec3<Lattice>{difference_from_whole<Lattice>(hkl.x, nearest.x),
                                                       difference_from_whole<Lattice>(hkl.y, nearest.y),
                                                       difference_from_whole<Lattice>(hkl.z, nearest.z)});
              if (until == WalkUntil::first_evaluation) return {0, true};
              if (lattice == Lattice(0) && !tables.background_present) continue;  // the C program leaves it out
              if (until == WalkUntil::outside_table && !physics::can_interpolate(tables.structure_factors, hkl))
                return {0, true};
              running.add(
                  {lattice, ordered_intensity<Geometry, Lattice>(
                                tables.structure_factors, lookup,
                                wave.structure_factor_set * tables.structure_factors.step_of_set, hkl, nearest)},
                  Geometry(1));
            }
            orientations = tables.orientations;
          }
          factors.end_source(running);
        }
      }
    }
  }
  return {factors.pixel(tables, running), false};
}

/// The same in a function of its own, for hosts: one copy for the search and the pixel.
template <class Factor, class PrecisionT>
[[gnu::noinline]] KOKKOS_FUNCTION WalkResult<typename PrecisionT::Accumulate> called_walk(
    const Factor& factor, const Tables<PrecisionT>& tables, const OrderedPixel<PrecisionT>& special, int fast, int slow,
    WalkUntil until) {
  return inlined_walk(factor, tables, special, fast, slow, until);
}

/// The same, called on hosts and inlined on devices.
template <class Factor, class PrecisionT>
KOKKOS_INLINE_FUNCTION WalkResult<typename PrecisionT::Accumulate> walk_pixel(const Factor& factor,
                                                                              const Tables<PrecisionT>& tables,
                                                                              const OrderedPixel<PrecisionT>& special,
                                                                              int fast, int slow, WalkUntil until) {
  KOKKOS_IF_ON_HOST((return called_walk(factor, tables, special, fast, slow, until);))
  KOKKOS_IF_ON_DEVICE((return inlined_walk(factor, tables, special, fast, slow, until);))
}

/// Computes the special pixel again and writes it; to be run for one index.
template <class Factor, class PrecisionT>
struct OrderedPixelKernel {
  Factor factor;
  Tables<PrecisionT> tables;
  kernel::ImageRows image;
  OrderedPixel<PrecisionT> special;

  KOKKOS_INLINE_FUNCTION void operator()(std::int64_t) const {
    const PixelPlace place = kernel::place_in(tables.window, special.pixel);
    const auto pixel = walk_pixel(factor, tables, special, place.fast, place.slow, WalkUntil::the_end);
    image.put(pixel.value, place.offset(image.stride));
  }
};

/// Finds the first pixel of a range that has any evaluation, or one that does not fit into the table for tricubic
/// interpolation: a reduction by minimum over pixel indices.
template <class Factor, class PrecisionT>
struct FirstPixelSearch {
  Factor factor;
  Tables<PrecisionT> tables;
  WalkUntil until = WalkUntil::first_evaluation;
  OrderedPixel<PrecisionT> first;  ///< the first pixel of all, where it is known: its orientations differ

  KOKKOS_INLINE_FUNCTION void operator()(std::int64_t pixel, std::int64_t& lowest) const {
    if (pixel >= lowest) return;
    const PixelPlace place = kernel::place_in(tables.window, pixel);
    if (tables.mask != nullptr && tables.mask[place.offset(tables.mask_stride)] == 0) return;
    const OrderedPixel<PrecisionT> ordinary;
    if (walk_pixel(factor, tables, pixel == first.pixel ? first : ordinary, place.fast, place.slow, until).met)
      lowest = pixel;
  }
};

}  // namespace NBK_ISA
}  // namespace nbk::compat
