// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/vec3.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/crystal.hpp"
#include "nbk/scene/completed_cell.hpp"
#include "nbk/scene/reciprocal_vectors.hpp"
#include "nbk/scene/scene.hpp"

#include <optional>

namespace nbk::scene {

/// Cross products of reciprocal vectors: the directions of the direct vectors.
struct CrossProducts {
  Vec3d bc, ca, ab;
};

/// Returns b* x c*, c* x a*, a* x b*.
inline CrossProducts cross_products(const ReciprocalVectors& star) {
  return {strict::cross(star.b, star.c), strict::cross(star.c, star.a), strict::cross(star.a, star.b)};
}

/// Gives cross products the lengths that belong to the edges and the volume of a cell, a/V and so on.
inline void force_lengths(CrossProducts& products, const UnitCell& cell) {
  const double volume = cell_volume_A3(cell);
  const auto rescale = [&](Vec3d& v, double edge) { v = strict::scaled(edge / volume / strict::magnitude(v), v); };
  rescale(products.bc, cell.a_A);
  rescale(products.ca, cell.b_A);
  rescale(products.ab, cell.c_A);
}

/// Direct vectors, Angstrom.
struct DirectVectors {
  Vec3d a, b, c;
};

/// Returns a = (b* x c*) V, cyclic.
inline DirectVectors direct_vectors(const CrossProducts& products, double volume_A3) {
  return {strict::scaled(volume_A3, products.bc), strict::scaled(volume_A3, products.ca),
          strict::scaled(volume_A3, products.ab)};
}

/// Puts a lattice together: reciprocal vectors again from the direct ones, a* = (b x c) / V, cyclic.
inline Lattice lattice_of(const DirectVectors& direct, double volume_A3, double per_volume_A3) {
  const auto& [a, b, c] = direct;
  Lattice lattice;
  lattice.volume_A3 = volume_A3;
  lattice.a_star_per_A = strict::scaled(per_volume_A3, strict::cross(b, c));
  lattice.b_star_per_A = strict::scaled(per_volume_A3, strict::cross(c, a));
  lattice.c_star_per_A = strict::scaled(per_volume_A3, strict::cross(a, b));
  lattice.direct = {strict::scaled(1e-10, a), strict::scaled(1e-10, b), strict::scaled(1e-10, c)};
  return lattice;
}

/// Returns the lattice of reciprocal vectors. A cell, where one is given, forces its own edges on it. Volume and
/// handedness are those of the vectors.
/// \param cell  completed
inline Lattice make_lattice(const ReciprocalVectors& star, const std::optional<UnitCell>& cell) {
  CrossProducts products = cross_products(star);
  double per_volume = strict::dot(star.a, products.bc);
  if (cell) {
    force_lengths(products, *cell);
    per_volume = (per_volume < 0.0 ? -1.0 : 1.0) / cell_volume_A3(*cell);
  }
  const DirectVectors direct = direct_vectors(products, 1.0 / per_volume);
  const double volume = strict::dot(direct.a, strict::cross(direct.b, direct.c));
  return lattice_of(direct, volume, 1.0 / volume);
}

}  // namespace nbk::scene
