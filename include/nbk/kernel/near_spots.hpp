// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/subpixel.hpp"
#include "nbk/simd/isa.hpp"

#include <Kokkos_Core.hpp>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Which packs of a row can see a spot of a compact lattice shape at all. A lane is a pack here: along a pack of pixels
/// the index of a lattice plane changes nearly evenly, so its values lie between those of the first and the last pixel,
/// give or take the bend that Screening::reach allows for. No spot is lost: the result is the same without.
/// \tparam Width  pixels of a pack
/// \tparam Lanes  packs looked at together
template <class P, int Width, int Lanes>
class NearSpots {
 public:
  using G = pack_t<typename P::Geometry, Lanes>;
  using L = pack_t<typename P::Lattice, Lanes>;
  using S = scalar_t<G>;

  /// Up to Lanes packs of Width pixels, from pixel `fast` of row `slow`.
  KOKKOS_FORCEINLINE_FUNCTION void place(const Tables<P>& t, int fast, int slow, const Subpixel& sub) {
    const G first = fma(lane_numbers<G>(), S(Width), G(static_cast<S>(fast)));
    const G last = first + S(Width - 1);
    m_first = ray_to(t, first, slow, sub).direction;
    m_last = ray_to(t, last, slow, sub).direction;
  }

  KOKKOS_FORCEINLINE_FUNCTION void source(const Vec3<S>& incident, S inverse_wavelength_per_A) {
    const S half = S(0.5) * inverse_wavelength_per_A;
    m_middle = to_lattice(G(half) * (m_first + m_last - G(S(2)) * physics::broadcast<G>(incident)));
    m_half = to_lattice(G(half) * (m_last - m_first));
  }

  /// Calls visit(orientation, pack) for those of the first `packs` packs that may have a spot, orientation by
  /// orientation. Which they are is found for many orientations, without a branch, before the first is visited: whether
  /// an orientation has any, no processor can predict.
  template <class Visit>
  KOKKOS_FORCEINLINE_FUNCTION void visit(const Tables<P>& t, int packs, const Visit& visit) const {
    constexpr int most = 64;
    struct Near {
      int orientation;
      unsigned packs;
    } list[most];
    for (int begin = 0; begin < t.orientation_count; begin += most) {
      const int end = begin + most < t.orientation_count ? begin + most : t.orientation_count;
      int found = 0;
      for (int o = begin; o < end; ++o) {
        const unsigned bits = near_bits(t, o) & ((1U << packs) - 1U);
        list[found] = {o, bits};
        found += bits != 0 ? 1 : 0;
      }
      for (int i = 0; i < found; ++i) {
        unsigned bits = list[i].packs;
        do {
          visit(list[i].orientation, Kokkos::countr_zero(bits));
          bits &= bits - 1;
        } while (bits != 0);
      }
    }
  }

 private:
  /// A bit for each pack that may have a spot of this orientation.
  KOKKOS_FORCEINLINE_FUNCTION unsigned near_bits(const Tables<P>& t, int orientation) const {
    const physics::CellAxes<scalar_t<L>> planes = t.screening.planes[orientation];
    return lane_bits(is_near(planes.a, t.screening.reach.x) && is_near(planes.b, t.screening.reach.y) &&
                     is_near(planes.c, t.screening.reach.z));
  }

  static KOKKOS_FORCEINLINE_FUNCTION Vec3<L> to_lattice(const Vec3<G>& v) {
    return {convert<L>(v.x), convert<L>(v.y), convert<L>(v.z)};
  }

  KOKKOS_FORCEINLINE_FUNCTION auto is_near(const Vec3<scalar_t<L>>& plane, scalar_t<L> reach) const {
    const L index = physics::along(plane, m_middle);
    return abs(index - round_any(index)) <= abs(physics::along(plane, m_half)) + reach;
  }

  Vec3<G> m_first, m_last;   // directions to the first and the last pixel of each pack
  Vec3<L> m_middle, m_half;  // of the scattering vector along each pack, 1/Angstrom
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
