// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/shape/crystal_parameters.hpp"
#include "nbk/scene/spot_axes.hpp"

namespace nbk::scene {

/// Parameters of a crystal for lattice factors, without their reach and cut.
inline physics::CrystalParameters<double> crystal_parameters_of(const Lattice& lattice, double fudge, Policy policy) {
  const auto& [na, nb, nc] = lattice.cells;
  const double product = lattice.cells_matrix ? determinant(*lattice.cells_matrix) : na * nb * nc;
  const SpotAxes spot = spot_axes(lattice, policy);
  return {{na, nb, nc}, product * product, fudge, policy == Policy::compat, {spot.a, spot.b, spot.c}, {}, 0};
}

}  // namespace nbk::scene
