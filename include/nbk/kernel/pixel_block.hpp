// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/near_spots.hpp"
#include "nbk/kernel/terms.hpp"
#include "nbk/kernel/weighting.hpp"
#include "nbk/simd/isa.hpp"

#include <algorithm>
#include <cstddef>
#include <type_traits>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Stands for NearSpots where nothing is left out.
struct NoScreening {};

/// Up to `MostPacks` packs of pixels that follow each other in a row, computed together. Each stage runs over all packs
/// before the next begins: a stage is short enough for the processor to overlap several packs, the whole chain of one
/// is not.
template <class Shape, class Cell, class Weighting, int Width, int MostPacks, class P>
class PixelBlock {
 public:
  using Types = Packs<P, Width>;
  using G = typename Types::G;
  using L = typename Types::L;
  using A = typename Types::A;

  /// The values of the pixels fast, fast + 1, ... of row `slow`: the sum over layers, sub-pixels, sources, phi steps
  /// and mosaic domains of |F_cell|^2 |F_latt|^2, weighted and in photons. `store_pack(i, value)` takes the result of
  /// pack i.
  template <class Store>
  static KOKKOS_FORCEINLINE_FUNCTION void compute(const Tables<P>& t, int fast, int slow, int packs,
                                                  const Store& store_pack) {
    PixelBlock block;
    for (int i = 0; i < packs; ++i) block.m_factors[i].begin(t);
    for (Subpixel sub; sub.layer < t.layers.count; ++sub.layer) {
      for (sub.slow = 0; sub.slow < t.oversample; ++sub.slow) {
        for (sub.fast = 0; sub.fast < t.oversample; ++sub.fast) block.add_subpixel(t, fast, slow, packs, sub);
      }
    }
    for (int i = 0; i < packs; ++i) store_pack(i, block.m_factors[i].pixel(t));
  }

 private:
  using S = scalar_t<G>;

  /// Whether packs away from all spots are left out before any of their pixels is looked at.
  static constexpr bool screens = Shape::compact && !Weighting::counts_empty_terms && Width > 1;

  KOKKOS_FORCEINLINE_FUNCTION void add_subpixel(const Tables<P>& t, int fast, int slow, int packs,
                                                const Subpixel& sub) {
    for (int i = 0; i < packs; ++i) {
      const SubpixelRay<G> ray = ray_to(t, lane_numbers<G>() + static_cast<S>(fast + i * Width), slow, sub);
      m_factors[i].direction(t, sub, ray);
      m_direction[i] = ray.direction;
    }
    if constexpr (screens) {
      if (t.screening.used) m_near_spots.place(t, fast, slow, sub);
    }
    for (int g = 0; g < t.group_count; ++g) add_source(t, t.groups[g], packs);
  }

  /// All orientations and wavelengths of one source direction.
  KOKKOS_FORCEINLINE_FUNCTION void add_source(const Tables<P>& t, const SourceGroup<S>& group, int packs) {
    const bool cull = t.dmin_A > S(0);
    const bool spectrum = group.count > 1;
    const Wave<S> first = t.waves[group.first];
    // With one wavelength, q itself; with several, q times the wavelength: each then costs one multiplication per axis.
    const G scale(spectrum ? S(1) : first.inverse_wavelength_per_A);
    for (int i = 0; i < packs; ++i) {
      const Vec3<G> difference = m_direction[i] - physics::broadcast<G>(group.incident);
      m_q[i] = scale * difference;
      if (cull) m_length[i] = sqrt(dot(difference, difference));
      const G length = cull ? m_length[i] : G(S(0));
      m_factors[i].source(t, group, ScatteredRay<G>{m_direction[i], group, t.kahn_factor},
                          !physics::beyond_resolution(length, t.dmin_A, group.longest_wavelength_A));
    }
    if (spectrum) {
      add_spectrum(t, group, packs, cull);
    } else {
      if constexpr (screens) {
        if (t.screening.used) m_near_spots.source(group.incident, first.inverse_wavelength_per_A);
      }
      add_orientations(t, packs, first, cull);
    }
    for (int i = 0; i < packs; ++i) m_factors[i].end_source();
  }

  KOKKOS_FORCEINLINE_FUNCTION void add_orientations(const Tables<P>& t, int packs, const Wave<S>& wave, bool cull) {
    if constexpr (screens) {
      if (t.screening.used) {
        m_near_spots.visit(t, packs, [&](int orientation, int i) {
          const IndicesOfOrientation<G> indices{t.orientations[orientation], m_q[i]};
          add_term(t, i, m_terms.near_spot(t, i, indices), wave, cull);
        });
        return;
      }
    }
    for (int o = 0; o < t.orientation_count; ++o) {
      const physics::CellAxes<S> cell = t.orientations[o];
      const auto indices_of = [&](int i) { return IndicesOfOrientation<G>{cell, m_q[i]}; };
      m_terms.of_all(t, packs, indices_of, [&](int i, const Term<L>& term) { add_term(t, i, term, wave, cull); });
    }
  }

  KOKKOS_FORCEINLINE_FUNCTION void add_spectrum(const Tables<P>& t, const SourceGroup<S>& group, int packs, bool cull) {
    for (int o = 0; o < t.orientation_count; ++o) {
      const physics::CellAxes<S> cell = t.orientations[o];
      for (int i = 0; i < packs; ++i) m_scaled[i] = physics::miller_indices(cell, m_q[i]);
      for (int w = group.first; w < group.first + group.count; ++w) {
        const Wave<S> wave = t.waves[w];
        const auto indices_of = [&](int i) {
          return IndicesOfWavelength<G>{m_scaled[i], wave.inverse_wavelength_per_A};
        };
        m_terms.of_all(t, packs, indices_of, [&](int i, const Term<L>& term) { add_term(t, i, term, wave, cull); });
      }
    }
  }

  KOKKOS_FORCEINLINE_FUNCTION void add_term(const Tables<P>& t, int i, const Term<L>& term, const Wave<S>& wave,
                                            bool cull) {
    if (Shape::compact && term.empty && !Weighting::counts_empty_terms) return;
    const A before = m_factors[i].sum;
    m_factors[i].add(term, wave.weight);
    if (cull) m_factors[i].restore(physics::beyond_resolution(m_length[i], t.dmin_A, wave.wavelength_A), before);
  }

  typename Weighting::template Factors<Types, P> m_factors[static_cast<std::size_t>(MostPacks)];
  Terms<Shape, Cell, Types, MostPacks, P> m_terms;
  Vec3<G> m_direction[static_cast<std::size_t>(MostPacks)], m_q[static_cast<std::size_t>(MostPacks)],
      m_scaled[static_cast<std::size_t>(MostPacks)];
  G m_length[static_cast<std::size_t>(MostPacks)];
  std::conditional_t<screens, NearSpots<P, Width, std::max(MostPacks, Width)>, NoScreening> m_near_spots;
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
