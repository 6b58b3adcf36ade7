// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/weighting.hpp"

namespace nbk::kernel {

/// Where a sub-pixel is: the ray to it.
template <class G>
struct SubpixelRay {
  Vec3<G> direction;  ///< unit vector from the sample
  G inverse_r;        ///< 1 / distance, 1/m
};

/// The ray to sub-pixel (sub_fast, sub_slow) in a layer of the pixels fast, fast + 1, ... of row `slow`.
template <class G, class P>
KOKKOS_FORCEINLINE_FUNCTION SubpixelRay<G> ray_to(const Tables<P>& t, const G& fast, int slow, int sub_fast,
                                                  int sub_slow, int layer) {
  using S = scalar_t<G>;
  const S size = t.panel.subpixel_size;
  const S half = size * S(0.5);
  const G f = fma(fast * static_cast<S>(t.oversample) + static_cast<S>(sub_fast), size, G(half));
  const S s = size * static_cast<S>(slow * t.oversample + sub_slow) + half;
  Vec3<G> position = physics::flat_position(t.panel, f, s, static_cast<S>(layer) * t.layers.step_m);
  if (t.panel.curved) position = physics::curved_position(t.panel, position);
  const G inverse_r =
      reciprocal_sqrt(fma(position.x, position.x, fma(position.y, position.y, position.z * position.z)));
  return {inverse_r * position, inverse_r};
}

/// The values of the pixels fast, fast + 1, ... (as many as the pack has lanes) of row `slow`: the sum over layers,
/// sub-pixels, sources, phi steps and mosaic domains of |F_cell|^2 |F_latt|^2, weighted and in photons.
template <class Shape, class Cell, class Weighting, int Width, class P>
KOKKOS_INLINE_FUNCTION typename Packs<P, Width>::A pixel_intensity(const Tables<P>& t, int fast, int slow) {
  using Types = Packs<P, Width>;
  using G = typename Types::G;
  using L = typename Types::L;
  using S = scalar_t<G>;
  typename Weighting::template Factors<Types, P> factors(t);
  typename Cell::template State<G, L> state;
  const G pixels = lane_numbers<G>() + static_cast<S>(fast);
  for (int layer = 0; layer < t.layers.count; ++layer) {
    for (int sub_slow = 0; sub_slow < t.oversample; ++sub_slow) {
      for (int sub_fast = 0; sub_fast < t.oversample; ++sub_fast) {
        const SubpixelRay<G> ray = ray_to(t, pixels, slow, sub_fast, sub_slow, layer);
        const bool first_of_layer = sub_slow == 0 && sub_fast == 0;
        factors.direction(t, layer, layer == 0 && first_of_layer, first_of_layer, ray.inverse_r, ray.direction);
        for (int g = 0; g < t.group_count; ++g) {
          const SourceGroup<S>& group = t.groups[g];
          const Vec3<G> difference = ray.direction - physics::broadcast<G>(group.incident);
          const G length = t.dmin_A > S(0) ? sqrt(dot(difference, difference)) : G(S(0));
          factors.source(t, group, ray.direction,
                         !physics::beyond_resolution(length, t.dmin_A, group.longest_wavelength_A));
          add_direction<Shape, Cell, Types>(t, group, difference, length, state, factors);
          factors.end_source();
        }
      }
    }
  }
  return factors.pixel(t);
}

/// Several packs side by side in a row, for single_sample_intensity.
inline constexpr int packs_per_block = 8;

/// The same where there is one layer, one sub-pixel and one ray and nothing is culled, for up to `packs_per_block`
/// packs that follow each other; `store_pack(i, value)` takes the result of pack i. Each stage runs over all packs
/// before the next begins: a stage is short enough for the processor to overlap several packs, the whole chain is not.
template <class Shape, class Cell, int Width, class P, class Store>
KOKKOS_FORCEINLINE_FUNCTION void single_sample_block(const Tables<P>& t, int fast, int slow, int packs,
                                                     const Store& store_pack) {
  using Types = Packs<P, Width>;
  using G = typename Types::G;
  using L = typename Types::L;
  using A = typename Types::A;
  using S = scalar_t<G>;
  constexpr int most = Width == 1 ? 1 : packs_per_block;
  const SourceGroup<S>& source = t.groups[0];
  const G inverse_wavelength(t.waves[source.first].inverse_wavelength_per_A);
  const auto incident = physics::broadcast<G>(source.incident);
  Vec3<G> q[most];
  A factor[most], sum[most];
  typename Cell::template State<G, L> state[most];

  for (int i = 0; i < packs; ++i) {
    const SubpixelRay<G> ray = ray_to(t, lane_numbers<G>() + static_cast<S>(fast + i * Width), slow, 0, 0, 0);
    q[i] = inverse_wavelength * (ray.direction - incident);
    G geometric = physics::solid_angle(t.panel, ray.inverse_r);
    if (t.polarized) {
      geometric = geometric * physics::polarization_factor(incident, ray.direction, source.axes, t.kahn_factor);
    }
    factor[i] = convert<A>(geometric);
    sum[i] = A(t.background);
  }
  for (int o = 0; o < t.orientation_count; ++o) {
    const auto cell = t.orientations[o];
    for (int i = 0; i < packs; ++i) {
      const Term<L> term = evaluate<Shape, Cell, L>(t, state[i], physics::miller_indices(cell, q[i]));
      sum[i] = fma(convert<A>(term.lattice), convert<A>(term.cell), sum[i]);
    }
  }
  for (int i = 0; i < packs; ++i) store_pack(i, sum[i] * factor[i] * t.scale);
}

}  // namespace nbk::kernel
