// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/shape/lattice_factor.hpp"

#include <concepts>

namespace nbk {

namespace physics {

/// |F_latt|^2 of a shape together with its derivatives.
/// \tparam V  a number or a pack of numbers
template <class V>
struct LatticeSlopes {
  V value;           ///< |F_latt|^2, dimensionless
  Vec3<V> by_index;  ///< by the Miller indices h, k, l
  /// By the elements N_aa, N_bb, N_cc, N_ab, N_bc, N_ac of the matrix of cells, symmetric pairs together. A shape
  /// without a matrix has the first three, and 0 in the others.
  V by_cells[6];
};

/// Returns all of them times a factor.
template <class V>
KOKKOS_FORCEINLINE_FUNCTION LatticeSlopes<V> operator*(const V& factor, const LatticeSlopes<V>& slopes) {
  LatticeSlopes<V> product;
  product.value = factor * slopes.value;
  product.by_index = factor * slopes.by_index;
  for (int i = 0; i < 6; ++i) product.by_cells[i] = factor * slopes.by_cells[i];
  return product;
}

}  // namespace physics

/// A lattice shape whose derivatives are known: a LatticeFactor with a function in the namespace of the type,
///
///     template <class V>
///     physics::LatticeSlopes<V> lattice_slopes(Shape, const physics::LatticeParameters<scalar_t<V>>&, const Vec3<V>&)
///
/// marked KOKKOS_INLINE_FUNCTION, of the arguments of Shape::intensity().
template <class Shape>
concept DifferentiableShape = LatticeFactor<Shape> &&
    requires(const physics::LatticeParameters<double>& p, const Vec3<double>& delta,
             const physics::LatticeParameters<float>& p_float, const Vec3<float>& delta_float) {
  { lattice_slopes(Shape{}, p, delta) } -> std::same_as<physics::LatticeSlopes<double>>;
  { lattice_slopes(Shape{}, p_float, delta_float) } -> std::same_as<physics::LatticeSlopes<float>>;
};

namespace physics {

/// Requirement on a shape of one's own, as an error of the compiler that says what to add.
template <class Shape>
constexpr bool require_differentiable_shape() {
  static_assert(!std::same_as<Shape, Tophat>,
                "nbk: the tophat shape has no derivatives: its factor is constant inside of a spot and jumps at the "
                "edge; take square, round or gauss");
  static_assert(std::same_as<Shape, Tophat> || DifferentiableShape<Shape>,
                "nbk: the shape has no derivatives: add `template <class V> nbk::physics::LatticeSlopes<V> "
                "lattice_slopes(Shape, const nbk::physics::LatticeParameters<nbk::scalar_t<V>>&, const nbk::Vec3<V>&)` "
                "to the namespace of the shape, as nbk::DifferentiableShape says");
  return DifferentiableShape<Shape>;
}

}  // namespace physics

}  // namespace nbk
