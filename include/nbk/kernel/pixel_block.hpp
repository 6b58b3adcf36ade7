// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/near_spots.hpp"
#include "nbk/kernel/terms.hpp"
#include "nbk/kernel/weighting.hpp"

#include <algorithm>
#include <cstddef>
#include <type_traits>

/// \file
/// The loop of an image. For a block of pixels that follow each other in a row,
///
///     for each sensor layer and sub-pixel                   exit_ray()        d, 1/R
///       for each source direction i                         add_source()      q = (d - i) / lambda
///         for each orientation (phi step, mosaic domain)    Terms             h = a.q, k = b.q, l = c.q
///           for each wavelength of the source               Scatterer         |F_latt|^2, |F_cell|^2
///             sum += |F_latt|^2 |F_cell|^2                  Weighting
///       weight the sum by solid angle, polarisation, absorption
///     pixel = scale * sum
///
/// Every line is done for all packs of the block before the next. Three relatives do the same otherwise:
/// - LineBlock (kernel/line_block.hpp) takes a row of a flat panel as a straight line. Directions and indices then cost
///   a few multiply-adds, which halves the time where a pixel has few terms.
/// - NearSpots (kernel/near_spots.hpp) leaves out the packs that cannot see a spot, for shapes whose spots have an end.
/// - walk_pixel (compat/ordered_pixel.hpp) does one pixel one term at a time, where the order of terms matters.

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Stands for NearSpots where nothing is left out.
struct NoScreening {};

/// Up to `MostPacks` packs of pixels that follow each other in a row, computed together. Each stage runs over all packs
/// before the next begins. A stage is short enough for the processor to overlap several packs; the whole chain of one
/// is not.
template <Scatterer ScattererT, Weighting WeightingT, int Width, int MostPacks, class PrecisionT>
class PixelBlock {
 public:
  using Types = Packs<PrecisionT, Width>;
  using Geometry = typename Types::Geometry;
  using Lattice = typename Types::Lattice;
  using Sum = typename Types::Sum;

  /// Computes the pixels fast, fast + 1, ... of row `slow`, in photons. `store_pack(i, value)` takes the result of
  /// pack i.
  template <class Store>
  static KOKKOS_FORCEINLINE_FUNCTION void compute(const Tables<PrecisionT>& tables, int fast, int slow, int packs,
                                                  const Store& store_pack) {
    PixelBlock block;
    for (int i = 0; i < packs; ++i) block.m_factors[i].begin(tables);
    for (Subpixel sub; sub.layer < tables.layers.count; ++sub.layer) {
      for (sub.slow = 0; sub.slow < tables.oversample; ++sub.slow) {
        for (sub.fast = 0; sub.fast < tables.oversample; ++sub.fast) block.add_subpixel(tables, fast, slow, packs, sub);
      }
    }
    for (int i = 0; i < packs; ++i) store_pack(i, block.m_factors[i].pixel(tables));
  }

 private:
  using Number = scalar_t<Geometry>;

  /// True: packs away from all spots are left out before any of their pixels is looked at.
  static constexpr bool screens = ScattererT::compact && !WeightingT::counts_empty_terms && Width > 1;

  KOKKOS_FORCEINLINE_FUNCTION void add_subpixel(const Tables<PrecisionT>& tables, int fast, int slow, int packs,
                                                const Subpixel& sub) {
    for (int i = 0; i < packs; ++i) {
      const ExitRay<Geometry> ray =
          exit_ray(tables, lane_numbers<Geometry>() + static_cast<Number>(fast + i * Width), slow, sub);
      m_factors[i].direction(tables, sub, ray);
      m_direction[i] = ray.direction;
    }
    if constexpr (screens) {
      if (tables.screening.used) m_near_spots.place(tables, fast, slow, sub);
    }
    for (int g = 0; g < tables.group_count; ++g) add_source(tables, tables.groups[g], packs);
  }

  /// All orientations and wavelengths of one source direction.
  KOKKOS_FORCEINLINE_FUNCTION void add_source(const Tables<PrecisionT>& tables, const SourceGroup<Number>& group,
                                              int packs) {
    const bool cull = tables.dmin_A > Number(0);
    const bool spectrum = group.count > 1;
    const Wave<Number> first = tables.waves[group.first];
    // With one wavelength, q itself; with several, q times the wavelength: each then costs one multiplication per axis.
    const Geometry scale(spectrum ? Number(1) : first.inverse_wavelength_per_A);
    for (int i = 0; i < packs; ++i) {
      const Vec3<Geometry> difference = m_direction[i] - physics::broadcast<Geometry>(group.incident);
      m_q[i] = scale * difference;
      if (cull) m_length[i] = sqrt(dot(difference, difference));
      const Geometry length = cull ? m_length[i] : Geometry(Number(0));
      m_factors[i].source(tables, group, ScatteredPair<Geometry>{m_direction[i], group, tables.kahn_factor},
                          !physics::beyond_resolution(length, tables.dmin_A, group.longest_wavelength_A));
    }
    if (spectrum) {
      add_spectrum(tables, group, packs, cull);
    } else {
      if constexpr (screens) {
        if (tables.screening.used) m_near_spots.source(group.incident, first.inverse_wavelength_per_A);
      }
      add_orientations(tables, packs, first, cull);
    }
    for (int i = 0; i < packs; ++i) m_factors[i].end_source();
  }

  KOKKOS_FORCEINLINE_FUNCTION void add_orientations(const Tables<PrecisionT>& tables, int packs,
                                                    const Wave<Number>& wave, bool cull) {
    if constexpr (screens) {
      if (tables.screening.used) {
        m_near_spots.visit(tables, packs, [&](int orientation, int i) {
          const IndicesOfOrientation<Geometry> indices{tables.orientations[orientation], m_q[i]};
          add_term(tables, i, m_terms.near_spot(tables, i, indices), wave, cull);
        });
        return;
      }
    }
    for (int o = 0; o < tables.orientation_count; ++o) {
      const physics::CellAxes<Number> axes = tables.orientations[o];
      const auto indices_of = [&](int i) { return IndicesOfOrientation<Geometry>{axes, m_q[i]}; };
      m_terms.of_all(tables, packs, indices_of,
                     [&](int i, const Term<Lattice>& term) { add_term(tables, i, term, wave, cull); });
    }
  }

  KOKKOS_FORCEINLINE_FUNCTION void add_spectrum(const Tables<PrecisionT>& tables, const SourceGroup<Number>& group,
                                                int packs, bool cull) {
    for (int o = 0; o < tables.orientation_count; ++o) {
      const physics::CellAxes<Number> axes = tables.orientations[o];
      for (int i = 0; i < packs; ++i) m_scaled[i] = physics::miller_indices(axes, m_q[i]);
      for (int w = group.first; w < group.first + group.count; ++w) {
        const Wave<Number> wave = tables.waves[w];
        const auto indices_of = [&](int i) {
          return IndicesOfWavelength<Geometry>{m_scaled[i], wave.inverse_wavelength_per_A};
        };
        m_terms.of_all(tables, packs, indices_of,
                       [&](int i, const Term<Lattice>& term) { add_term(tables, i, term, wave, cull); });
      }
    }
  }

  KOKKOS_FORCEINLINE_FUNCTION void add_term(const Tables<PrecisionT>& tables, int i, const Term<Lattice>& term,
                                            const Wave<Number>& wave, bool cull) {
    if (ScattererT::compact && term.empty && !WeightingT::counts_empty_terms) return;
    const Sum before = m_factors[i].sum;
    m_factors[i].add(term, wave.weight);
    if (cull) m_factors[i].restore(physics::beyond_resolution(m_length[i], tables.dmin_A, wave.wavelength_A), before);
  }

  typename WeightingT::template Factors<Types, PrecisionT> m_factors[static_cast<std::size_t>(MostPacks)];
  Terms<ScattererT, Types, MostPacks, PrecisionT> m_terms;
  Vec3<Geometry> m_direction[static_cast<std::size_t>(MostPacks)], m_q[static_cast<std::size_t>(MostPacks)],
      m_scaled[static_cast<std::size_t>(MostPacks)];
  Geometry m_length[static_cast<std::size_t>(MostPacks)];
  std::conditional_t<screens, NearSpots<PrecisionT, Width, std::max(MostPacks, Width)>, NoScreening> m_near_spots;
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
