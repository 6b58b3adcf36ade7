// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/physics/shape/gauss_slopes.hpp"
#include "nbk/physics/shape/round_slopes.hpp"
#include "nbk/physics/shape/square_slopes.hpp"
#include "nbk/scene/shape_of.hpp"

#include <type_traits>
#include <utility>

namespace nbk {

/// Choice of the shape of a plan's crystal.
struct PlanShape {};

/// Choice of the shape of a plan's crystal, with the crystal's diffuse scattering. Derivatives of that have a kernel of
/// their own, which only those programs compile that ask for it.
struct PlanWithDiffuse {};

/// Choice of a shape of one's own, which stands in for the plan's crystal.shape.
/// \tparam Shape  a DifferentiableShape
template <class Shape>
struct OwnShape {
  static_assert(physics::require_differentiable_shape<Shape>());
};

namespace launch {

/// Calls f with the type of a shape that has derivatives.
/// \param named  the plan's shape
/// \throws InvalidInput  for the others
template <class F>
void with_differentiable_shape(PlanShape, LatticeShape named, F&& f) {
  scene::with_shape(named, [&](auto type) {
    using Shape = decltype(type);
    if constexpr (DifferentiableShape<Shape>) {
      f(type);
    } else {
      reject("crystal.shape", named.name(),
             "must be another for derivatives: the factor of this one is constant in a spot and jumps at its edge");
    }
  });
}

/// The same with diffuse scattering.
template <class F>
void with_differentiable_shape(PlanWithDiffuse, LatticeShape named, F&& f) {
  with_differentiable_shape(PlanShape{}, named, f);
}

/// Calls f with the type of a shape of one's own.
template <class Shape, class F>
void with_differentiable_shape(OwnShape<Shape>, LatticeShape, F&& f) {
  f(Shape{});
}

/// Prepares tables for the plan's shape: they are.
template <class TablesT>
void prepare_for(PlanShape, TablesT&) {}

/// The same with diffuse scattering.
template <class TablesT>
void prepare_for(PlanWithDiffuse, TablesT&) {}

/// Rejects a plan whose crystal has diffuse scattering where the choice leaves that out, and the other way round.
/// \throws InvalidInput
template <class ShapeChoice>
void require_diffuse_of_choice(ShapeChoice, bool has_diffuse) {
  if constexpr (std::is_same_v<ShapeChoice, PlanWithDiffuse>) {
    require(has_diffuse, "crystal.diffuse", "none", "must be given for derivatives with PlanWithDiffuse");
  } else {
    require(!has_diffuse, "crystal.diffuse", "given",
            "must be none for these derivatives: give PlanWithDiffuse{} as the last argument");
  }
}

/// Prepares tables for a shape of one's own: nothing is known of how far its spots reach.
template <class Shape, class TablesT>
void prepare_for(OwnShape<Shape>, TablesT& tables) {
  tables.lattice.reach = {1, 1, 1};
  tables.screening.used = false;
}

}  // namespace launch
}  // namespace nbk
