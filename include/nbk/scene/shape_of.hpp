// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/model/lattice_shape.hpp"
#include "nbk/physics/shape/shapes.hpp"

#include <array>
#include <string>
#include <string_view>
#include <utility>

/// \file
/// The choice of a lattice shape and its type, both ways.

namespace nbk {

/// Choice of one of the library's shapes, for Crystal::shape: for example shape_of<physics::Gauss>.
template <class Shape>
  requires contains<physics::Shapes, Shape>
inline constexpr LatticeShape shape_of = LatticeShape(Shape::name);

/// All choices, in the order of the list.
template <class List>
inline constexpr std::array<LatticeShape, 0> shapes_of{};
/// All choices, in the order of the list.
template <class... Shape>
inline constexpr std::array<LatticeShape, sizeof...(Shape)> shapes_of<TypeList<Shape...>>{shape_of<Shape>...};

namespace scene {

/// Names of all shapes for messages, in the order of the list: "square, round, ...".
inline std::string shape_names() {
  std::string names;
  for (const LatticeShape shape : shapes_of<physics::Shapes>) {
    names += (names.empty() ? "" : ", ") + std::string(shape.name());
  }
  return names;
}

/// Calls f with a value of the chosen type. \throws InvalidInput  the name is none of the list's
template <class F>
void with_shape(LatticeShape shape, F&& f) {
  const bool known = with_first_type(
      physics::Shapes{}, [&](auto type) { return shape == shape_of<decltype(type)>; }, std::forward<F>(f));
  if (!known) reject("crystal.shape", shape.name(), "must be one of " + shape_names());
}

}  // namespace scene
}  // namespace nbk
