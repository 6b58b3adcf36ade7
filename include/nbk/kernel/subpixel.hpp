// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/solid_angle.hpp"
#include "nbk/plan/tables.hpp"
#include "nbk/simd/isa.hpp"

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Where a sub-pixel is: the ray to it.
template <class G>
struct SubpixelRay {
  Vec3<G> direction;  ///< unit vector from the sample
  G inverse_r;        ///< 1 / distance, 1/m

  KOKKOS_FORCEINLINE_FUNCTION G cosine_to_normal(const physics::PanelParameters<scalar_t<G>>& panel) const {
    return physics::along(panel.normal, direction);
  }
  /// Of pixels on a sphere, in `corrected`.
  KOKKOS_FORCEINLINE_FUNCTION G narrowing(const physics::PanelParameters<scalar_t<G>>& panel) const {
    return physics::narrowing(panel.bend, direction, inverse_r);
  }
};

/// A ray together with the direction that it was scattered from.
template <class G>
struct ScatteredRay {
  const Vec3<G>& direction;
  const SourceGroup<scalar_t<G>>& group;
  scalar_t<G> kahn_factor;

  KOKKOS_FORCEINLINE_FUNCTION G polarization() const {
    return physics::polarization_factor(physics::broadcast<G>(group.incident), direction, group.axes, kahn_factor);
  }
};

/// Which sample of a pixel: sensor layer and sub-pixel.
struct Subpixel {
  int layer = 0, slow = 0, fast = 0;

  KOKKOS_FORCEINLINE_FUNCTION bool first_of_layer() const { return slow == 0 && fast == 0; }
  KOKKOS_FORCEINLINE_FUNCTION bool first_of_pixel() const { return layer == 0 && first_of_layer(); }
};

/// The ray to a sub-pixel of the pixels fast, fast + 1, ... of row `slow`.
template <class G, class P>
KOKKOS_FORCEINLINE_FUNCTION SubpixelRay<G> ray_to(const Tables<P>& t, const G& fast, int slow, const Subpixel& sub) {
  using S = scalar_t<G>;
  const S size = t.panel.subpixel_size;
  const S half = size * S(0.5);
  const G f = fma(fma(fast, static_cast<S>(t.oversample), G(static_cast<S>(sub.fast))), size, G(half));
  const S s = size * static_cast<S>(slow * t.oversample + sub.slow) + half;
  Vec3<G> position = physics::flat_position(t.panel, f, s, static_cast<S>(sub.layer) * t.layers.step_m);
  if (t.panel.curved) position = physics::curved_position(t.panel.bend, position);
  const G r_sqr = fused_dot(position, position);
  if constexpr (rounds_as_double<typename P::Lattice>) {
    // Divided as in the C program: on the beam itself the last bit decides whether q is 0.
    const G r = sqrt(r_sqr);
    return {{position.x / r, position.y / r, position.z / r}, S(1) / r};
  } else {
    const G inverse_r = reciprocal_sqrt(r_sqr);
    return {inverse_r * position, inverse_r};
  }
}

}  // namespace NBK_ISA
}  // namespace nbk::kernel
