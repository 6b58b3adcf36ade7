// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/packs.hpp"
#include "nbk/kernel/pixel_sums_kind.hpp"
#include "nbk/physics/shape/round.hpp"
#include "nbk/physics/shape/square_slopes.hpp"
#include "nbk/physics/structure_factor/structure_slopes.hpp"

#include <cstddef>
#include <type_traits>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Evaluations that go through the stages of a derivative together: an orientation and a wavelength for a pack of
/// pixels each. A stage runs over all of them before the next begins, so that its polynomials hide their own latency.
/// \tparam Most  so many that all fit into the first level of a cache
template <class Types, int Most>
struct Evaluations {
  using Geometry = typename Types::Geometry;
  using Lattice = typename Types::Lattice;
  static constexpr auto size = static_cast<std::size_t>(Most);  ///< room for so many

  int count = 0;                            ///< those in use
  int orientation[size], wave[size];        ///< numbers in Tables
  Vec3<Lattice> index[size];                ///< Miller indices
  Vec3<Lattice> rest[size];                 ///< less the nearest whole ones
  Vec3<Geometry> hkl[size], nearest[size];  ///< the indices and the nearest whole ones; for lookups that read them
  std::ptrdiff_t set_offset[size];          ///< of the set's structure factors
  physics::LatticeSlopes<Lattice> lattice[size];
  physics::StructureSlopes<Lattice> structure[size];
};

/// The stages of evaluations that know the scatterer.
/// \tparam ShapeT   a DifferentiableShape
/// \tparam LookupT  a StructureFactorLookup
template <DifferentiableShape ShapeT, StructureFactorLookup LookupT, class Sums>
struct InlinedStages {
  static constexpr bool compact = ShapeT::compact;                        ///< see LatticeFactor
  static constexpr bool reads_index = LookupT::needs_exact_index;         ///< Evaluations::hkl is wanted
  static constexpr bool varies = physics::varies_between_nodes<LookupT>;  ///< there is a d(F^2)/dh

  /// Derivatives by elements of the matrix of cells that are not 0, from the first on.
  static constexpr int cells =
      std::is_same_v<ShapeT, physics::Square> || std::is_same_v<ShapeT, physics::Round> ? 3 : 6;

  /// The shape's slopes at one place. Those of a square crystal are as accurate as their phase.
  /// \tparam Geometry  numbers of the phase
  template <class Geometry, class Lattice>
  static KOKKOS_FORCEINLINE_FUNCTION physics::LatticeSlopes<Lattice> slopes_at(
      const physics::LatticeParameters<scalar_t<Lattice>>& p, const Vec3<Lattice>& rest) {
    if constexpr (std::is_same_v<ShapeT, physics::Square> && std::is_same_v<scalar_t<Geometry>, float>) {
      return physics::square_slopes<physics::ShortGratingSlopeCoefficients>(p, rest);
    } else {
      return lattice_slopes(ShapeT{}, p, rest);
    }
  }

  /// Computes Evaluations::lattice.
  template <class T, class List>
  static KOKKOS_FORCEINLINE_FUNCTION void evaluate_lattice(const physics::LatticeParameters<T>& p, List& list) {
    for (int e = 0; e < list.count; ++e) {
      const auto slopes = slopes_at<typename List::Geometry>(p, list.rest[e]);
      auto& to = list.lattice[e];
      to.value = slopes.value;
      if constexpr (sums_pixels<Sums>) to.by_index = slopes.by_index;
      if constexpr (Sums::everything) {
        for (int i = 0; i < cells; ++i) to.by_cells[i] = slopes.by_cells[i];
      }
    }
  }

  /// Computes Evaluations::structure.
  template <class T, class List>
  static KOKKOS_FORCEINLINE_FUNCTION void evaluate_structure(const physics::StructureFactorTable<T>& table,
                                                             List& list) {
    using Geometry = typename List::Geometry;
    using Lattice = typename List::Lattice;
    typename LookupT::template State<Geometry, Lattice> state;
    for (int e = 0; e < list.count; ++e) {
      if constexpr (requires { state.set_offset; }) {
        if (state.set_offset != list.set_offset[e]) {
          state = {};
          state.set_offset = list.set_offset[e];
        }
      }
      const auto slopes =
          physics::StructureSlopesOf<LookupT, Geometry, Lattice>::get(table, state, list.hkl[e], list.nearest[e]);
      list.structure[e].value = slopes.value;
      if constexpr (varies) list.structure[e].by_index = slopes.by_index;
    }
  }
};

/// The same stages of any scatterer, called: what runs around them is compiled once for all shapes and lookups, and
/// each shape and lookup once. For hosts.
template <class T, class List>
class CalledStages {
 public:
  bool compact = false, reads_index = false, varies = false;  ///< see InlinedStages
  int cells = 6;                                              ///< see InlinedStages

  /// Returns the stages of a shape and a lookup.
  template <DifferentiableShape ShapeT, StructureFactorLookup LookupT, class Sums>
  static CalledStages of() {
    using Stages = InlinedStages<ShapeT, LookupT, Sums>;
    CalledStages stages;
    stages.compact = Stages::compact;
    stages.reads_index = Stages::reads_index;
    stages.varies = Stages::varies;
    stages.cells = Stages::cells;
    stages.m_lattice = lattice_of<InlinedStages<ShapeT, physics::ConstantF, Sums>>;
    stages.m_structure = structure_of<InlinedStages<physics::Square, LookupT, CrystalSums>>;
    return stages;
  }

  /// Computes Evaluations::lattice.
  void evaluate_lattice(const physics::LatticeParameters<T>& p, List& list) const { m_lattice(p, list); }
  /// Computes Evaluations::structure.
  void evaluate_structure(const physics::StructureFactorTable<T>& table, List& list) const { m_structure(table, list); }

 private:
  template <class Stages>
  [[gnu::noinline]] static void lattice_of(const physics::LatticeParameters<T>& p, List& list) {
    const physics::LatticeParameters<T> own = p;  // which no store can change
    Stages::evaluate_lattice(own, list);
  }
  template <class Stages>
  [[gnu::noinline]] static void structure_of(const physics::StructureFactorTable<T>& table, List& list) {
    const physics::StructureFactorTable<T> own = table;
    Stages::evaluate_structure(own, list);
  }

  void (*m_lattice)(const physics::LatticeParameters<T>&, List&) = nullptr;
  void (*m_structure)(const physics::StructureFactorTable<T>&, List&) = nullptr;
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
