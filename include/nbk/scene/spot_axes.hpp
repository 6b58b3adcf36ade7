// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/scene.hpp"

#include <cmath>

namespace nbk::scene {

/// Vectors of the squared radius G = |x A + y B + z C|^2 of Gaussian and flat-topped spots, x, y, z the reduced Miller
/// indices.
struct SpotAxes {
  Vec3d a, b, c;

  /// Largest |x|, |y|, |z| at G = 1: the lengths of the dual vectors, as x = A'.(x A + y B + z C).
  Vec3d reach() const {
    const Vec3d bc = strict::cross(b, c), ca = strict::cross(c, a), ab = strict::cross(a, b);
    const double volume = std::fabs(strict::dot(a, bc));
    return {strict::magnitude(bc) / volume, strict::magnitude(ca) / volume, strict::magnitude(ab) / volume};
  }
};

/// Spot axes of a crystal. `compat`: G = |x a* + y b* + z c*|^2 (Na Nb Nc)^2 in 1/Angstrom^2, as in nanoBragg since
/// December 2023. `corrected`: G = (x Na)^2 + (y Nb)^2 + (z Nc)^2, which gives a spot the width of the square crystal's
/// along each axis, so that it holds as many photons. With a matrix of cells N it is G = |N (x, y, z)|^2. Sources:
/// simtbx, and older versions of nanoBragg; for the matrix diffBragg.
inline SpotAxes spot_axes(const Lattice& lattice, Policy policy) {
  const auto& [na, nb, nc] = lattice.cells;
  if (policy == Policy::corrected && lattice.cells_matrix) {
    const Mat3d& n = *lattice.cells_matrix;
    return {{n.row0.x, n.row1.x, n.row2.x}, {n.row0.y, n.row1.y, n.row2.y}, {n.row0.z, n.row1.z, n.row2.z}};
  }
  if (policy == Policy::corrected) return {{na, 0, 0}, {0, nb, 0}, {0, 0, nc}};
  const double product = na * nb * nc;
  return {product * lattice.a_star_per_A, product * lattice.b_star_per_A, product * lattice.c_star_per_A};
}

}  // namespace nbk::scene
