// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/shape/shapes.hpp"

#include <concepts>
#include <string_view>
#include <type_traits>

namespace nbk {

/// A lattice shape: an empty type with
/// - `static constexpr bool compact`: true if its factor is exactly 0 away from the spots, so that most terms can be
///   left out,
/// - `template <class V> static V intensity(const physics::LatticeParameters<scalar_t<V>>& p, const Vec3<V>& delta)`,
///   marked KOKKOS_INLINE_FUNCTION: |F_latt|^2, dimensionless, of the Miller indices less the nearest whole ones,
///   |delta| <= 1/2 in each component; V is a number or a pack of numbers, one for each pixel.
template <class Shape>
concept LatticeFactor = std::is_empty_v<Shape> && std::same_as<const bool, decltype(Shape::compact)> &&
    requires(const physics::LatticeParameters<double>& p, const Vec3<double>& delta,
             const physics::LatticeParameters<float>& p_float, const Vec3<float>& delta_float) {
  { Shape::intensity(p, delta) } -> std::same_as<double>;
  { Shape::intensity(p_float, delta_float) } -> std::same_as<float>;
};

namespace physics {

/// A shape of the library's list: a LatticeFactor that also has
/// - `static constexpr std::string_view name`: the type's name in small letters, by which users choose it,
/// - `static Vec3d inverse_widths(const CrystalParameters<double>&)`: 1 / the width of a spot along h, k and l,
/// - if it is compact, `template <class T> static double reach_sqr(const CrystalParameters<double>&, SpotEnd)`: the
///   squared radius beyond
///   which the factor is 0 in the number type T,
/// - if it needs more of the crystal than CrystalParameters, a struct template `Parameters<T>` and `template <class T>
///   static Parameters<T> parameters(const CrystalParameters<double>&)`.
template <class Shape>
concept ListedShape = LatticeFactor<Shape> && std::same_as<const std::string_view, decltype(Shape::name)> &&
    requires(const CrystalParameters<double>& crystal) {
  { Shape::inverse_widths(crystal) } -> std::same_as<Vec3d>;
} &&(!Shape::compact || requires {
  { Shape::template reach_sqr<float>(CrystalParameters<double>{}, SpotEnd::invisible) } -> std::same_as<double>;
});

namespace detail {
template <class List>
inline constexpr bool all_listed = false;
template <class... Shape>
inline constexpr bool all_listed<TypeList<Shape...>> = (ListedShape<Shape> && ...);
}  // namespace detail

static_assert(detail::all_listed<Shapes>, "a type of physics/shape/shapes.hpp lacks something that ListedShape names");

}  // namespace physics

}  // namespace nbk
