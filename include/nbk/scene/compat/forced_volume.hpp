// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/strict.hpp"
#include "nbk/model/crystal.hpp"
#include "nbk/scene/make_lattice.hpp"

#include <optional>

namespace nbk::scene::compat {

/// Returns the lattice of reciprocal vectors as the C program has it. A cell, where one is given, forces its edges and
/// its volume on the lattice. The volume need not be that of the vectors: an A matrix of other angles then leaves
/// a.a* != 1, and a left-handed one turns every index around.
/// \param cell  completed
inline Lattice lattice_of_forced_volume(const ReciprocalVectors& star, const std::optional<UnitCell>& cell) {
  CrossProducts products = cross_products(star);
  double per_volume = strict::dot(star.a, products.bc);
  if (cell) {
    force_lengths(products, *cell);
    per_volume = 1.0 / cell_volume_A3(*cell);
  }
  const double volume = 1.0 / per_volume;
  return lattice_of(direct_vectors(products, volume), volume, per_volume);
}

}  // namespace nbk::scene::compat
