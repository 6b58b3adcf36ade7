// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/packs.hpp"
#include "nbk/kernel/pixel_sums_kind.hpp"
#include "nbk/physics/shape/gauss_slopes.hpp"
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

  int count = 0;                      ///< those in use
  int orientation[size], wave[size];  ///< numbers in Tables
  scalar_t<Lattice> weight[size];     ///< of the wave
  Vec3<Lattice> index[size];          ///< Miller indices; of a spectrum times the wavelength, and then those of
                                      ///< the first of an orientation's evaluations that follow each other
  bool rest_of_index = false;         ///< true: `rest` is not set, it is that of `index`: fewer numbers are stored
  Vec3<Lattice> rest[size];           ///< indices less the nearest whole ones
  Vec3<Geometry> hkl[size], nearest[size];  ///< the indices and the nearest whole ones; for lookups that read them
  std::ptrdiff_t set_offset[size];          ///< of the set's structure factors
  Lattice factor[size];                     ///< factor of the next three: weight times |F_cell|^2
  Lattice value[size];                      ///< |F_latt|^2
  Vec3<Lattice> by_index[size];             ///< its derivatives, see physics::LatticeSlopes
  Lattice by_cells[size][6];                ///< likewise, but for a factor
  Vec3<scalar_t<Lattice>> cells_factor;     ///< of the first three of those
  physics::StructureSlopes<Lattice> structure[size];  ///< times the weight; only of those that vary between nodes

  /// Returns the rest of the indices.
  KOKKOS_FORCEINLINE_FUNCTION Vec3<Lattice> rest_at(int e) const {
    if constexpr (std::is_same_v<Geometry, Lattice>) {
      if (rest_of_index) {
        const Vec3<Lattice>& h = index[e];
        return {h.x - round_any(h.x), h.y - round_any(h.y), h.z - round_any(h.z)};
      }
    }
    return rest[e];
  }
};

/// The stages of evaluations that know the scatterer.
/// \tparam ShapeT   a DifferentiableShape
/// \tparam LookupT  a StructureFactorLookup
template <DifferentiableShape ShapeT, StructureFactorLookup LookupT, class Sums>
struct InlinedStages {
  static constexpr bool compact = ShapeT::compact;                               ///< see LatticeFactor
  static constexpr bool reads_index = LookupT::needs_exact_index;                ///< Evaluations::hkl is wanted
  static constexpr bool varies = physics::varies_between_nodes<LookupT>;         ///< there is a d(F^2)/dh
  static constexpr bool constant = std::is_same_v<LookupT, physics::ConstantF>;  ///< F is the same everywhere

  static constexpr bool gaussian = std::is_same_v<ShapeT, physics::Gauss>;  ///< physics::dark_radius_sqr() holds

  /// Derivatives by elements of the matrix of cells that are not 0, from the first on.
  static constexpr int cells =
      std::is_same_v<ShapeT, physics::Square> || std::is_same_v<ShapeT, physics::Round> ? 3 : 6;

  /// Coefficients of the slopes of a square crystal, which are as accurate as their phase.
  /// \tparam Geometry  numbers of the phase
  template <class Geometry, class Lattice>
  using SquareCoefficients =
      std::conditional_t<std::is_same_v<scalar_t<Geometry>, float>, physics::ShortGratingSlopeCoefficients,
                         physics::GratingSlopeCoefficients<scalar_t<Lattice>>>;

  /// The shape's slopes at one place, times a factor.
  /// \tparam Geometry  numbers of the phase
  template <class Geometry, class Lattice>
  static KOKKOS_FORCEINLINE_FUNCTION physics::LatticeSlopes<Lattice> slopes_at(
      const physics::LatticeParameters<scalar_t<Lattice>>& p, const Vec3<Lattice>& rest, const Lattice& times) {
    if constexpr (std::is_same_v<ShapeT, physics::Square>) {
      return physics::square_slopes<SquareCoefficients<Geometry, Lattice>>(p, rest, times);
    } else if constexpr (std::is_same_v<ShapeT, physics::Gauss>) {
      return physics::gauss_slopes(p, rest, times);
    } else {
      return times * lattice_slopes(ShapeT{}, p, rest);
    }
  }

  /// Computes the lattice factor and its derivatives.
  template <class T, class List>
  static KOKKOS_FORCEINLINE_FUNCTION void evaluate_lattice(const physics::LatticeParameters<T>& p, List& list) {
    if constexpr (std::is_same_v<ShapeT, physics::Square> && sums_pixels<Sums>) {
      using Coefficients = SquareCoefficients<typename List::Geometry, typename List::Lattice>;
      list.cells_factor = {T(1) / p.cells.x, T(1) / p.cells.y, T(1) / p.cells.z};
      for (int e = 0; e < list.count; ++e) {
        physics::square_slopes<Coefficients>(p, list.rest_at(e), list.factor[e], list.value[e], list.by_index[e],
                                             Sums::everything ? list.by_cells[e] : nullptr);
      }
    } else {
      list.cells_factor = {T(1), T(1), T(1)};
      for (int e = 0; e < list.count; ++e) evaluate_one(p, list, e);
    }
  }

  /// Computes Evaluations::factor, and in its place Evaluations::structure of lookups that vary between nodes.
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
      if constexpr (varies) {
        const Lattice weight(list.weight[e]);
        list.factor[e] = Lattice(T(1));
        list.structure[e] = {weight * slopes.value, weight * slopes.by_index};
      } else {
        list.factor[e] = slopes.value * list.weight[e];
      }
    }
  }

 private:
  template <class T, class List>
  static KOKKOS_FORCEINLINE_FUNCTION void evaluate_one(const physics::LatticeParameters<T>& p, List& list, int e) {
    typename List::Lattice times(T(1));
    if constexpr (sums_pixels<Sums>) times = list.factor[e];
    const auto slopes = slopes_at<typename List::Geometry>(p, list.rest_at(e), times);
    list.value[e] = slopes.value;
    if constexpr (sums_pixels<Sums>) list.by_index[e] = slopes.by_index;
    if constexpr (Sums::everything) {
      list.by_cells[e][0] = slopes.by_cells[0];
      list.by_cells[e][1] = slopes.by_cells[1];
      list.by_cells[e][2] = slopes.by_cells[2];
      if constexpr (cells == 6) {
        list.by_cells[e][3] = slopes.by_cells[3];
        list.by_cells[e][4] = slopes.by_cells[4];
        list.by_cells[e][5] = slopes.by_cells[5];
      }
    }
  }
};

/// The same stages of any scatterer, called: what runs around them is compiled once for all shapes and lookups, and
/// each shape and lookup once. For hosts.
template <class T, class List>
class CalledStages {
 public:
  bool compact = false, reads_index = false, varies = false, constant = false;  ///< see InlinedStages
  bool gaussian = false;                                                        ///< see InlinedStages
  int cells = 6;                                                                ///< see InlinedStages

  /// Returns the stages of a shape and a lookup.
  template <DifferentiableShape ShapeT, StructureFactorLookup LookupT, class Sums>
  static CalledStages of() {
    using Stages = InlinedStages<ShapeT, LookupT, Sums>;
    CalledStages stages;
    stages.compact = Stages::compact;
    stages.reads_index = Stages::reads_index;
    stages.varies = Stages::varies;
    stages.constant = Stages::constant;
    stages.gaussian = Stages::gaussian;
    stages.cells = Stages::cells;
    stages.m_lattice = lattice_of<InlinedStages<ShapeT, physics::ConstantF, Sums>>;
    stages.m_structure = structure_of<InlinedStages<physics::Square, LookupT, CrystalSums>>;
    return stages;
  }

  /// Computes the lattice factor and its derivatives.
  void evaluate_lattice(const physics::LatticeParameters<T>& p, List& list) const { m_lattice(p, list); }
  /// Computes Evaluations::factor and Evaluations::structure.
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
