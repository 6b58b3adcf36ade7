// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/pixel_places.hpp"
#include "nbk/kernel/scratch_array.hpp"
#include "nbk/kernel/weighting.hpp"

#include <cstddef>

/// \file
/// The loop of an image. For a block of pixels that follow each other in a row,
///
///     for each sensor layer and sub-pixel                   PlacesInRow       d, 1/R
///       for each source direction i                         add_source()      q = (d - i) / lambda
///         for each orientation (phi step, mosaic domain)    SourceTerms       h = a.q, k = b.q, l = c.q
///           for each wavelength of the source               Scatterer         |F_latt|^2, |F_cell|^2
///             sum += |F_latt|^2 |F_cell|^2                  Weighting
///       weight the sum by solid angle, polarisation, absorption
///     pixel = scale * sum
///
/// Every line is done for all packs of the block before the next. Four relatives do the same otherwise:
/// - LineBlock (kernel/line_block.hpp) takes a row of a flat panel as a straight line. Directions and indices then cost
///   a few multiply-adds, which halves the time where a pixel has few terms.
/// - NearSpots (kernel/near_spots.hpp) leaves out the packs that cannot see a spot, for shapes whose spots have an end.
/// - for_each_window (kernel/wavelength_window.hpp) solves for the wavelengths that see a spot, for the same shapes.
/// - walk_pixel (compat/ordered_pixel.hpp) does one pixel one term at a time, where the order of terms matters.

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Up to `MostPacks` packs of pixels that follow each other in a row, computed together. Each stage runs over all packs
/// before the next begins. A stage is short enough for the processor to overlap several packs; the whole chain of one
/// is not.
/// \tparam TermsT  SourceTerms, or CalledTerms where that is compiled on its own
template <class TermsT, Weighting WeightingT, int Width, int MostPacks, class PrecisionT>
class PixelBlock {
 public:
  using Types = Packs<PrecisionT, Width>;
  using Geometry = typename Types::Geometry;

  /// Computes pixels, in photons. `store_pack(i, value)` takes the result of pack i.
  /// \param places  PlacesInRow or PlacedPacks
  template <class Places, class Store>
  static KOKKOS_FORCEINLINE_FUNCTION void compute(const Tables<PrecisionT>& tables, TermsT& terms, Places& places,
                                                  int packs, const Store& store_pack) {
    PixelBlock block;
    for (int i = 0; i < packs; ++i) block.m_factors[i].begin(tables, block.m_running[i]);
    for (Subpixel sub; sub.layer < tables.layers.count; ++sub.layer) {
      for (sub.slow = 0; sub.slow < tables.oversample; ++sub.slow) {
        for (sub.fast = 0; sub.fast < tables.oversample; ++sub.fast)
          block.add_subpixel(tables, terms, places, packs, sub);
      }
    }
    for (int i = 0; i < packs; ++i) store_pack(i, block.m_factors[i].pixel(tables, block.m_running[i]));
  }

 private:
  using Number = scalar_t<Geometry>;

  template <class Places>
  KOKKOS_FORCEINLINE_FUNCTION void add_subpixel(const Tables<PrecisionT>& tables, TermsT& terms, Places& places,
                                                int packs, const Subpixel& sub) {
    places.place(tables, sub);
    for (int i = 0; i < packs; ++i) {
      const ExitRay<Geometry> ray = places.ray(tables, sub, i);
      m_factors[i].direction(tables, sub, ray);
      m_direction[i] = ray.direction;
    }
    places.show(terms, tables, sub, packs, m_direction.data());
    for (int g = 0; g < tables.group_count; ++g) add_source(tables, terms, tables.groups[g], packs);
  }

  /// All orientations and wavelengths of one source direction.
  KOKKOS_FORCEINLINE_FUNCTION void add_source(const Tables<PrecisionT>& tables, TermsT& terms,
                                              const SourceGroup<Number>& group, int packs) {
    const bool cull = tables.dmin_A > Number(0);
    // With one wavelength, q itself; with several, q times the wavelength: each then costs one multiplication per axis.
    const Geometry scale(group.count > 1 ? Number(1) : tables.waves[group.first].inverse_wavelength_per_A);
    for (int i = 0; i < packs; ++i) {
      const Vec3<Geometry> difference = m_direction[i] - physics::broadcast<Geometry>(group.incident);
      m_q[i] = scale * difference;
      if (cull) m_length[i] = sqrt(dot(difference, difference));
      const Geometry length = cull ? m_length[i] : Geometry(Number(0));
      m_factors[i].source(tables, group, ScatteredPair<Geometry>{m_direction[i], group, tables.kahn_factor},
                          !physics::beyond_resolution(length, tables.dmin_A, group.longest_wavelength_A), m_running[i]);
    }
    terms.add(tables, group, {packs, m_q.data(), m_length}, m_running);
    for (int i = 0; i < packs; ++i) m_factors[i].end_source(m_running[i]);
  }

  typename WeightingT::template Factors<Types, PrecisionT> m_factors[static_cast<std::size_t>(MostPacks)];
  typename WeightingT::template Running<Types> m_running[static_cast<std::size_t>(MostPacks)];
  ScratchArray<Vec3<Geometry>, MostPacks> m_direction, m_q;
  Geometry m_length[static_cast<std::size_t>(MostPacks)];
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
