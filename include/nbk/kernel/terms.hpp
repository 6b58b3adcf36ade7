// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/term.hpp"
#include "nbk/simd/isa.hpp"

#include <cstddef>
#include <type_traits>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// The terms of up to `MostPacks` packs of pixels, one of each at a time: |F_cell|^2 and |F_latt|^2 of the spot that
/// the indices are in. Of several packs, indices and intensities are two stages, each over all of them before the next
/// begins (docs/numerics/blocks.md).
template <class Shape, class Cell, class Types, int MostPacks, class P>
class Terms {
 public:
  using G = typename Types::G;
  using L = typename Types::L;

  /// \param indices_of  (pack): its fractional Miller indices, as h(), k() and l()
  /// \param add         (pack, term)
  template <class IndicesOf, class Add>
  KOKKOS_FORCEINLINE_FUNCTION void of_all(const Tables<P>& t, int packs, const IndicesOf& indices_of, const Add& add) {
    if constexpr (Shape::compact || MostPacks == 1) {
      for (int i = 0; i < packs; ++i) add(i, of_one<Shape::compact>(t, i, indices_of(i)));
    } else {
      for (int i = 0; i < packs; ++i) split(i, indices_of(i));
      for (int i = 0; i < packs; ++i) add(i, Term<L>{Shape::intensity(t.lattice, m_rest[i]), cell(t, i)});
    }
  }

  /// The term of pack i, which may well have a spot.
  template <class Indices>
  KOKKOS_FORCEINLINE_FUNCTION Term<L> near_spot(const Tables<P>& t, int i, const Indices& indices) {
    return of_one<false>(t, i, indices);
  }

 private:
  /// Halves matter to structure factors, and to spots that may lie askew; square and round factors are the same on both
  /// sides.
  static constexpr bool exact = Cell::needs_exact_index || (Shape::compact && rounds_as_double<scalar_t<G>>);

  /// \tparam LeaveEarly  ask after each index whether there can be a spot at all: for terms most of which are empty
  template <bool LeaveEarly, class Indices>
  KOKKOS_FORCEINLINE_FUNCTION Term<L> of_one(const Tables<P>& t, int i, const Indices& indices) {
    [[maybe_unused]] const L zero(scalar_t<L>(0));
    const auto h = split_index<exact, L>(indices.h());
    if constexpr (LeaveEarly) {
      if (!any(abs(h.rest) <= L(t.lattice.reach.x))) return {zero, zero, true};
    }
    const auto k = split_index<exact, L>(indices.k());
    if constexpr (LeaveEarly) {
      if (!any(abs(h.rest) <= L(t.lattice.reach.x) && abs(k.rest) <= L(t.lattice.reach.y))) return {zero, zero, true};
    }
    const auto l = split_index<exact, L>(indices.l());
    const L lattice = Shape::intensity(t.lattice, Vec3<L>{h.rest, k.rest, l.rest});
    if constexpr (Shape::compact) {
      if (!any(zero < lattice)) return {zero, zero, true};
    }
    return {lattice, Cell::template intensity<G, L>(t.structure_factors, m_state[i], Vec3<G>{h.value, k.value, l.value},
                                                    Vec3<G>{h.nearest, k.nearest, l.nearest})};
  }

  struct CellIndices {
    Vec3<G> hkl, nearest;
  };
  struct Nothing {};
  using Held = std::conditional_t<Cell::needs_exact_index && !Shape::compact, CellIndices, Nothing>;

  template <class Indices>
  KOKKOS_FORCEINLINE_FUNCTION void split(int i, const Indices& indices) {
    const auto h = split_index<exact, L>(indices.h());
    const auto k = split_index<exact, L>(indices.k());
    const auto l = split_index<exact, L>(indices.l());
    m_rest[i] = {h.rest, k.rest, l.rest};
    if constexpr (!std::is_same_v<Held, Nothing>) {
      m_held[i] = {{h.value, k.value, l.value}, {h.nearest, k.nearest, l.nearest}};
    }
  }

  KOKKOS_FORCEINLINE_FUNCTION L cell(const Tables<P>& t, int i) {
    if constexpr (std::is_same_v<Held, Nothing>) {
      return Cell::template intensity<G, L>(t.structure_factors, m_state[i], {}, {});
    } else {
      return Cell::template intensity<G, L>(t.structure_factors, m_state[i], m_held[i].hkl, m_held[i].nearest);
    }
  }

  typename Cell::template State<G, L> m_state[static_cast<std::size_t>(MostPacks)];
  Vec3<L> m_rest[static_cast<std::size_t>(MostPacks)];
  Held m_held[static_cast<std::size_t>(MostPacks)];
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
