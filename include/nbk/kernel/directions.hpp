// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/setup/tables.hpp"

namespace nbk::kernel {

/// One evaluation: the squared lattice factor and the squared structure factor of one sample of one orientation.
template <class L>
struct Term {
  L lattice, cell;
};

/// Number types of one pack: V<G> for the geometry, V<L> for the lattice, V<A> for the sums.
template <class PrecisionT, int Width>
struct Packs {
  using G = pack_t<typename PrecisionT::Geometry, Width>;
  using L = pack_t<typename PrecisionT::Lattice, Width>;
  using A = pack_t<typename PrecisionT::Accumulate, Width>;
};

/// The nearest reflection and |F_latt|^2 around it.
template <class G, class L>
struct NearestSpot {
  Vec3<G> hkl;
  L lattice;
};

/// \tparam Exact  whether exact halves must round as in the C program (they do not matter to a constant F in float)
template <class Shape, bool Exact, class L, class G, class P>
KOKKOS_FORCEINLINE_FUNCTION NearestSpot<G, L> nearest_spot(const Tables<P>& t, const Vec3<G>& hkl) {
  Vec3<G> nearest;
  if constexpr (Exact) {
    nearest = {physics::nearest_index(hkl.x), physics::nearest_index(hkl.y), physics::nearest_index(hkl.z)};
  } else {
    nearest = {round_any(hkl.x), round_any(hkl.y), round_any(hkl.z)};
  }
  const Vec3<L> delta{convert<L>(hkl.x - nearest.x), convert<L>(hkl.y - nearest.y), convert<L>(hkl.z - nearest.z)};
  return {nearest, Shape::intensity(t.lattice, delta)};
}

/// |F_latt|^2 and |F_cell|^2 at the fractional Miller indices hkl.
template <class Shape, class Cell, class L, class G, class P, class State>
KOKKOS_FORCEINLINE_FUNCTION Term<L> evaluate(const Tables<P>& t, State& state, const Vec3<G>& hkl) {
  constexpr bool exact = Cell::needs_exact_index || sizeof(scalar_t<G>) == 8;
  const NearestSpot<G, L> spot = nearest_spot<Shape, exact, L>(t, hkl);
  if constexpr (Cell::needs_exact_index) {
    if (!any(L(scalar_t<L>(0)) < spot.lattice)) return {spot.lattice, L(scalar_t<L>(0))};
  }
  return {spot.lattice, Cell::template intensity<G, L>(t.structure_factors, state, hkl, spot.hkl)};
}

/// Adds all orientations and wavelengths of one source direction to `factors`; `difference` is d - i, `length` its
/// length (only needed with a resolution limit).
template <class Shape, class Cell, class Types, class P, class State, class Factors>
KOKKOS_FORCEINLINE_FUNCTION void add_direction(const Tables<P>& t, const SourceGroup<typename P::Geometry>& group,
                                               const Vec3<typename Types::G>& difference,
                                               const typename Types::G& length, State& state, Factors& factors) {
  using G = typename Types::G;
  using S = scalar_t<G>;
  const bool cull = t.dmin_A > S(0);
  const bool spectrum = group.count > 1;
  const int last = group.first + group.count;
  const S first_inverse = t.waves[group.first].inverse_wavelength_per_A;
  // With one wavelength, q itself; with several, q times the wavelength, so that each costs one multiplication per
  // axis.
  const Vec3<G> q =
      spectrum ? difference
               : Vec3<G>{difference.x * first_inverse, difference.y * first_inverse, difference.z * first_inverse};
  for (int o = 0; o < t.orientation_count; ++o) {
    const Vec3<G> indices = physics::miller_indices(t.orientations[o], q);
    for (int w = group.first; w < last; ++w) {
      const Wave<S>& wave = t.waves[w];
      Vec3<G> hkl = indices;
      if (spectrum) {
        const S inverse = wave.inverse_wavelength_per_A;
        hkl = {hkl.x * inverse, hkl.y * inverse, hkl.z * inverse};
      }
      const auto before = factors.sum;
      factors.add(evaluate<Shape, Cell, typename Types::L>(t, state, hkl), wave.weight);
      if (cull) factors.restore(physics::beyond_resolution(length, t.dmin_A, wave.wavelength_A), before);
    }
  }
}

}  // namespace nbk::kernel
