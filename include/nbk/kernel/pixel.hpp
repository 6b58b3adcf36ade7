// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/weighting.hpp"

namespace nbk::kernel {

/// Where a sub-pixel is: the ray to it.
template <class G>
struct SubpixelRay {
  Vec3<G> direction;    ///< unit vector from the sample
  G inverse_r;          ///< 1 / distance, 1/m
};

/// The ray to sub-pixel (sub_fast, sub_slow) in a layer of the pixels fast, fast + 1, ... of row `slow`.
template <class G, class P>
KOKKOS_FORCEINLINE_FUNCTION SubpixelRay<G> ray_to(const Tables<P>& t, const G& fast, int slow, int sub_fast, int sub_slow, int layer) {
  using S = scalar_t<G>;
  const S size = t.panel.subpixel_size;
  const S half = size * S(0.5);
  const G f = fma(fast * static_cast<S>(t.oversample) + static_cast<S>(sub_fast), size, G(half));
  const S s = size * static_cast<S>(slow * t.oversample + sub_slow) + half;
  Vec3<G> position = physics::flat_position(t.panel, f, s, static_cast<S>(layer) * t.layers.step_m);
  if (t.panel.curved) position = physics::curved_position(t.panel, position);
  const G inverse_r = reciprocal_sqrt(fma(position.x, position.x, fma(position.y, position.y, position.z * position.z)));
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

}  // namespace nbk::kernel
