// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/spots.hpp"
#include "nbk/physics/structure_factor/nearest.hpp"
#include "nbk/physics/structure_factor/tricubic.hpp"
#include "nbk/simd/isa.hpp"

#include <cstdint>
#include <limits>

/// \file
/// Two quirks of the C program depend on the order in which a serial run evaluates things. They touch one pixel each,
/// which is found by a search and then computed again, alone, in that order (docs/physics.md, Q1 and Q10).

namespace nbk::kernel {
inline namespace NBK_ISA {

inline constexpr std::int64_t no_pixel = std::numeric_limits<std::int64_t>::max();

/// How the walk below finds structure factors; `interrupted` is tricubic until an evaluation does not fit into the
/// table, nearest from there.
enum class OrderedLookup { constant, nearest, tricubic, interrupted };

/// What is special about one pixel.
template <class P>
struct OrderedPixel {
  std::int64_t pixel = no_pixel;  ///< index within the window, row by row
  OrderedLookup lookup = OrderedLookup::constant;
  /// Orientations of its first evaluated source; nullptr: as everywhere.
  const physics::CellAxes<typename P::Geometry>* first_orientations = nullptr;
};

/// F^2 of one evaluation; `lookup` changes to nearest where an interruption happens.
template <class G, class L>
KOKKOS_INLINE_FUNCTION L ordered_intensity(const physics::StructureFactorTable<L>& t, OrderedLookup& lookup,
                                           const Vec3<G>& hkl, const Vec3<G>& nearest) {
  if (lookup == OrderedLookup::interrupted && !physics::can_interpolate(t, hkl)) lookup = OrderedLookup::nearest;
  if (lookup == OrderedLookup::constant) return t.default_amplitude * t.default_amplitude;
  if (lookup == OrderedLookup::nearest) {
    physics::NearestF::State<G, L> state;
    return physics::NearestF::intensity<G, L>(t, state, hkl, nearest);
  }
  physics::TricubicF::State<G, L> state;
  return physics::TricubicF::intensity<G, L>(t, state, hkl, nearest);
}

/// What ends a walk before all evaluations are done.
enum class WalkUntil { the_end, first_evaluation, outside_table };

/// The value of a pixel, or that the walk met what it was to look for.
template <class A>
struct WalkResult {
  A value;
  bool met = false;
};

/// One pixel, one value at a time, in the order of the C program; otherwise as PixelBlock.
template <class Shape, class P>
KOKKOS_INLINE_FUNCTION WalkResult<typename P::Accumulate> walk_pixel(const Tables<P>& t, const OrderedPixel<P>& special,
                                                                     int fast, int slow, WalkUntil until) {
  using G = typename P::Geometry;
  using L = typename P::Lattice;
  Compounding::Factors<Packs<P, 1>, P> factors;  // without flags the same as FirstValue
  factors.begin(t);
  OrderedLookup lookup = special.lookup;
  const auto* orientations = special.first_orientations != nullptr ? special.first_orientations : t.orientations;
  for (Subpixel sub; sub.layer < t.layers.count; ++sub.layer) {
    for (sub.slow = 0; sub.slow < t.oversample; ++sub.slow) {
      for (sub.fast = 0; sub.fast < t.oversample; ++sub.fast) {
        const SubpixelRay<G> ray = ray_to(t, static_cast<G>(fast), slow, sub);
        factors.direction(t, sub, ray);
        for (int g = 0; g < t.group_count; ++g) {
          const SourceGroup<G>& group = t.groups[g];
          const Vec3<G> difference = ray.direction - group.incident;
          const G length = sqrt(dot(difference, difference));
          factors.source(t, group, ScatteredRay<G>{ray.direction, group, t.kahn_factor},
                         !physics::beyond_resolution(length, t.dmin_A, group.longest_wavelength_A));
          for (int w = group.first; w < group.first + group.count; ++w) {
            if (t.dmin_A > G(0) && physics::beyond_resolution(length, t.dmin_A, t.waves[w].wavelength_A)) continue;
            for (int o = 0; o < t.orientation_count; ++o) {
              const Vec3<G> hkl =
                  physics::miller_indices(orientations[o], t.waves[w].inverse_wavelength_per_A * difference);
              const Vec3<G> nearest{physics::nearest_index(hkl.x), physics::nearest_index(hkl.y),
                                    physics::nearest_index(hkl.z)};
              const L lattice = Shape::intensity(t.lattice, Vec3<L>{difference_from_whole<L>(hkl.x, nearest.x),
                                                                    difference_from_whole<L>(hkl.y, nearest.y),
                                                                    difference_from_whole<L>(hkl.z, nearest.z)});
              if (until == WalkUntil::first_evaluation) return {0, true};
              if (lattice == L(0) && !t.background_present) continue;  // the C program leaves it out
              if (until == WalkUntil::outside_table && !physics::can_interpolate(t.structure_factors, hkl))
                return {0, true};
              factors.add({lattice, ordered_intensity<G, L>(t.structure_factors, lookup, hkl, nearest)}, G(1));
            }
            orientations = t.orientations;
          }
          factors.end_source();
        }
      }
    }
  }
  return {factors.pixel(t), false};
}

/// Computes the special pixel again and writes it; to be run for one index.
template <class Shape, class P>
struct OrderedPixelKernel {
  Tables<P> tables;
  ImageRows image;
  OrderedPixel<P> special;

  KOKKOS_INLINE_FUNCTION void operator()(int) const {
    const PixelWindow& w = tables.window;
    const int width = w.fast_max - w.fast_min + 1;
    const int slow = w.slow_min + static_cast<int>(special.pixel / width);
    const int fast = w.fast_min + static_cast<int>(special.pixel % width);
    const auto pixel = walk_pixel<Shape>(tables, special, fast, slow, WalkUntil::the_end);
    image.data[slow * image.stride + fast] = static_cast<float>(pixel.value);
  }
};

/// Finds the first pixel of a range that has any evaluation, or one that does not fit into the table for tricubic
/// interpolation: a reduction by minimum over pixel indices.
template <class Shape, class P>
struct FirstPixelSearch {
  Tables<P> tables;
  std::ptrdiff_t row_stride = 0;
  WalkUntil until = WalkUntil::first_evaluation;
  OrderedPixel<P> first;  ///< the first pixel of all, where it is known: its orientations differ

  KOKKOS_INLINE_FUNCTION void operator()(std::int64_t pixel, std::int64_t& lowest) const {
    if (pixel >= lowest) return;
    const PixelWindow& w = tables.window;
    const int width = w.fast_max - w.fast_min + 1;
    const int slow = w.slow_min + static_cast<int>(pixel / width);
    const int fast = w.fast_min + static_cast<int>(pixel % width);
    if (tables.mask != nullptr && tables.mask[slow * row_stride + fast] == 0) return;
    const OrderedPixel<P> ordinary;
    if (walk_pixel<Shape>(tables, pixel == first.pixel ? first : ordinary, fast, slow, until).met) lowest = pixel;
  }
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
