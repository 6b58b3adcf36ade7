// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/physics/shape/gauss_slopes.hpp"
#include "nbk/physics/shape/round_slopes.hpp"
#include "nbk/physics/shape/square_slopes.hpp"
#include "nbk/scene/shape_of.hpp"

#include <utility>

namespace nbk {

/// Choice of the shape of a plan's crystal.
struct PlanShape {};

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

/// Calls f with the type of a shape of one's own.
template <class Shape, class F>
void with_differentiable_shape(OwnShape<Shape>, LatticeShape, F&& f) {
  f(Shape{});
}

/// Prepares tables for the plan's shape: they are.
template <class TablesT>
void prepare_for(PlanShape, TablesT&) {}

/// Prepares tables for a shape of one's own: nothing is known of how far its spots reach.
template <class Shape, class TablesT>
void prepare_for(OwnShape<Shape>, TablesT& tables) {
  tables.lattice.reach = {1, 1, 1};
  tables.screening.used = false;
}

}  // namespace launch
}  // namespace nbk
