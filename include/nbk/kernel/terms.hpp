// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/packs.hpp"
#include "nbk/kernel/scratch_array.hpp"
#include "nbk/kernel/split_index.hpp"
#include "nbk/kernel/spot_line.hpp"
#include "nbk/kernel/term.hpp"
#include "nbk/physics/scatterer.hpp"
#include "nbk/plan/tables.hpp"

#include <cstddef>
#include <type_traits>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// The terms of up to `MostPacks` packs of pixels, one of each at a time: |F_latt|^2 and |F_cell|^2 at the indices. Of
/// several packs, indices and intensities are two stages, each over all of them before the next begins
/// (docs/numerics/blocks.md).
template <Scatterer ScattererT, class Types, int MostPacks, class PrecisionT>
class Terms {
 public:
  using Geometry = typename Types::Geometry;
  using Lattice = typename Types::Lattice;

  /// True: of several packs, all indices come before the first intensity.
  static constexpr bool staged = Types::in_stages && !ScattererT::compact && MostPacks > 1;

  /// True: structure factors are of several sets.
  static constexpr bool has_sets = requires(typename ScattererT::template State<Geometry, Lattice> state) {
    state.set_offset;
  };

  /// Adds the terms of all packs.
  /// \param indices_of  (pack): its fractional Miller indices, as h(), k() and l()
  /// \param add         (pack, term)
  template <class IndicesOf, class Add>
  KOKKOS_FORCEINLINE_FUNCTION void of_all(const Tables<PrecisionT>& tables, int packs, const IndicesOf& indices_of,
                                          const Add& add) {
    if constexpr (staged) {
      split_all(packs, indices_of);
      add_split(tables, packs, add);
    } else {
      for (int i = 0; i < packs; ++i) add(i, of_one<compact>(tables, i, indices_of(i)));
    }
  }

  /// The first stage of of_all().
  template <class IndicesOf>
  KOKKOS_FORCEINLINE_FUNCTION void split_all(int packs, const IndicesOf& indices_of) {
    for (int i = 0; i < packs; ++i) split(i, indices_of(i));
  }

  /// The second stage of of_all().
  template <class Add>
  KOKKOS_FORCEINLINE_FUNCTION void add_split(const Tables<PrecisionT>& tables, int packs, const Add& add) {
    for (int i = 0; i < packs; ++i)
      add(i, Term<Lattice>{ScattererT::lattice_factor_sqr(tables, m_rest[i]), structure(tables, i)});
  }

  /// Turns to another set of structure factors.
  /// \param offset  of the set's entries from those of set 0
  KOKKOS_FORCEINLINE_FUNCTION void take_set([[maybe_unused]] int packs, [[maybe_unused]] std::ptrdiff_t offset) {
    for (int i = 0; i < packs; ++i) take_set_of(i, offset);
  }
  /// The same of one pack.
  KOKKOS_FORCEINLINE_FUNCTION void take_set_of([[maybe_unused]] int i, [[maybe_unused]] std::ptrdiff_t offset) {
    using State = typename ScattererT::template State<Geometry, Lattice>;
    if constexpr (requires(State state) { state.set_offset; }) m_state[i].set_offset = offset;
  }

  /// The term of pack i, which may well have a spot.
  template <class Indices>
  KOKKOS_FORCEINLINE_FUNCTION Term<Lattice> near_spot(const Tables<PrecisionT>& tables, int i, const Indices& indices) {
    return of_one<false>(tables, i, indices);
  }

  /// The same for a pack that nearly always has one: it is not asked where that only costs a branch.
  template <class Indices>
  KOKKOS_FORCEINLINE_FUNCTION Term<Lattice> in_spot(const Tables<PrecisionT>& tables, int i, const Indices& indices) {
    return of_one<false, ScattererT::needs_exact_index>(tables, i, indices);
  }

  /// Calls add(term, wave) for the wavelengths of a run of pack i.
  /// \param scaled  Miller indices times the wavelength
  /// \param line    with the only reflections that the lanes can see
  template <class Add>
  KOKKOS_FORCEINLINE_FUNCTION void of_run(const Tables<PrecisionT>& tables,
                                          const SourceGroup<scalar_t<Geometry>>& group, int i,
                                          const Vec3<Geometry>& scaled, SpotLine<Lattice, Geometry>& line,
                                          const WaveRun& run, const Add& add) {
    const Vec3<Geometry>& nearest = line.nearest();
    const bool one_set = tables.structure_factors.sets == 1;
    Lattice structure_factor = one_set ? structure(tables, i, {}, nearest) : Lattice(scalar_t<Lattice>(0));
    visit_line<ScattererT>(tables, group, scaled, line, run, [&](const Lattice& lattice, const auto& wave) {
      if (!one_set) {
        take_set_of(i, wave.structure_factor_set * tables.structure_factors.step_of_set);
        structure_factor = structure(tables, i, {}, nearest);
      }
      add(Term<Lattice>{lattice, structure_factor}, wave);
    });
  }

 private:
  static constexpr bool compact = ScattererT::compact;
  /// Halves matter to structure factors, and to spots that may lie askew; square and round factors are the same on both
  /// sides.
  static constexpr bool exact = ScattererT::needs_exact_index || (compact && rounds_as_double<scalar_t<Geometry>>);

  /// \tparam LeaveEarly  ask after each index if there can be a spot at all: for terms most of which are empty
  /// \tparam FindEmpty   ask if the lattice factor is 0 in all lanes
  template <bool LeaveEarly, bool FindEmpty = true, class Indices>
  KOKKOS_FORCEINLINE_FUNCTION Term<Lattice> of_one(const Tables<PrecisionT>& tables, int i, const Indices& indices) {
    [[maybe_unused]] const Lattice zero(scalar_t<Lattice>(0));
    [[maybe_unused]] const auto& reach = tables.lattice.reach;
    const auto h = split_index<exact, Lattice>(indices.h());
    if constexpr (LeaveEarly) {
      if (!any(abs(h.rest) <= Lattice(reach.x))) return {zero, zero, true};
    }
    const auto k = split_index<exact, Lattice>(indices.k());
    if constexpr (LeaveEarly) {
      if (!any(abs(h.rest) <= Lattice(reach.x) && abs(k.rest) <= Lattice(reach.y))) return {zero, zero, true};
    }
    const auto l = split_index<exact, Lattice>(indices.l());
    const Lattice lattice =
        factor(tables, indices, Vec3<Lattice>{h.rest, k.rest, l.rest}, {h.nearest, k.nearest, l.nearest});
    if constexpr (compact && FindEmpty) {
      if (!any(zero < lattice)) return {zero, zero, true};
    }
    return {lattice, structure(tables, i, {h.value, k.value, l.value}, {h.nearest, k.nearest, l.nearest})};
  }

  template <class Indices>
  KOKKOS_FORCEINLINE_FUNCTION Lattice factor(const Tables<PrecisionT>& tables, [[maybe_unused]] const Indices& indices,
                                             const Vec3<Lattice>& rest,
                                             [[maybe_unused]] const Vec3<Geometry>& nearest) {
    if constexpr (std::is_same_v<Indices, AnchoredIndices<Geometry>> &&
                  may_have_anchors<ScattererT, scalar_t<Geometry>>) {
      if (indices.anchored) return anchored_factor<ScattererT, Lattice>(tables, indices, nearest);
    }
    return ScattererT::lattice_factor_sqr(tables, rest);
  }

  struct HeldIndices {
    Vec3<Geometry> hkl, nearest;
  };
  struct Nothing {};
  using Held = std::conditional_t<ScattererT::needs_exact_index && !compact, HeldIndices, Nothing>;

  template <class Indices>
  KOKKOS_FORCEINLINE_FUNCTION void split(int i, const Indices& indices) {
    const auto h = split_index<exact, Lattice>(indices.h());
    const auto k = split_index<exact, Lattice>(indices.k());
    const auto l = split_index<exact, Lattice>(indices.l());
    m_rest[i] = {h.rest, k.rest, l.rest};
    if constexpr (!std::is_same_v<Held, Nothing>) {
      m_held[i] = {{h.value, k.value, l.value}, {h.nearest, k.nearest, l.nearest}};
    }
  }

  KOKKOS_FORCEINLINE_FUNCTION Lattice structure(const Tables<PrecisionT>& tables, int i) {
    if constexpr (std::is_same_v<Held, Nothing>) {
      return structure(tables, i, {}, {});
    } else {
      return structure(tables, i, m_held[i].hkl, m_held[i].nearest);
    }
  }

  KOKKOS_FORCEINLINE_FUNCTION Lattice structure(const Tables<PrecisionT>& tables, int i, const Vec3<Geometry>& hkl,
                                                const Vec3<Geometry>& nearest) {
    return ScattererT::template structure_factor_sqr<Tables<PrecisionT>, Geometry, Lattice>(tables, m_state[i], hkl,
                                                                                            nearest);
  }

  typename ScattererT::template State<Geometry, Lattice> m_state[static_cast<std::size_t>(MostPacks)];
  ScratchArray<Vec3<Lattice>, MostPacks> m_rest;
  ScratchArray<Held, MostPacks> m_held;
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
