// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/math/matrix_algebra.hpp"
#include "nbk/math/rotation.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/crystal.hpp"
#include "nbk/scene/laue_rotations.hpp"
#include "nbk/scene/scene.hpp"

#include <cmath>
#include <optional>
#include <vector>

namespace nbk::scene {

/// Returns the matrix that takes vectors of the laboratory to the axes of gamma and sigma.
/// \param misset_rad  missetting of the lattice, which the laboratory's axes do not follow
inline Mat3d diffuse_frame(const Lattice& lattice, DiffuseAxes axes, const Vec3d& misset_rad) {
  if (axes == DiffuseAxes::laboratory) {
    // The inverse of the missetting: its columns are rows.
    return {rotate_xyz({1, 0, 0}, misset_rad), rotate_xyz({0, 1, 0}, misset_rad), rotate_xyz({0, 0, 1}, misset_rad)};
  }
  const Vec3d x = strict::unit(lattice.direct.a_m), z = strict::unit(cross(lattice.direct.a_m, lattice.direct.b_m));
  return {x, cross(z, x), z};
}

/// Returns the factor in front of the sum over the stencil.
/// \param fudge  of the crystal
inline double diffuse_normalization(const DiffuseScattering& diffuse, double volume_A3, double fudge) {
  constexpr double pi = constants::pi<double>;
  if (diffuse.normalization == DiffuseNormalization::volume)
    return 8 * pi * pi * pi / std::fabs(volume_A3) * std::pow(0.63 * pi / fudge, 1.5);
  const double side = 2.0 * diffuse.stencil + 1;
  return 1 / (side * side * side);
}

/// Returns the diffuse scattering of a crystal whose lattice has been placed; nothing for a crystal without.
inline std::optional<SceneDiffuse> place_diffuse(const Crystal& crystal, const Lattice& lattice,
                                                 const Vec3d& misset_rad) {
  if (!crystal.diffuse) return std::nullopt;
  const DiffuseScattering& from = *crystal.diffuse;
  SceneDiffuse diffuse;
  diffuse.gamma_A = from.gamma_A;
  diffuse.sigma_A = from.sigma_A;
  diffuse.stencil = from.stencil;
  diffuse.axes = from.axes;
  diffuse.normalization = from.normalization;
  diffuse.index_to_axes_per_A = diffuse_frame(lattice, from.axes, misset_rad) *
                                from_columns(lattice.a_star_per_A, lattice.b_star_per_A, lattice.c_star_per_A);
  diffuse.operators = from.operators.empty() ? laue_rotations(from.laue_group) : from.operators;
  if (from.principal_axes)
    for (Mat3d& rotation : diffuse.operators) rotation = rotation * *from.principal_axes;
  const Vec3d& gamma = from.gamma_A;
  diffuse.height = diffuse_normalization(from, lattice.volume_A3, crystal.fudge) /
                   static_cast<double>(diffuse.operators.size()) * 8 * constants::pi<double> * gamma.x * gamma.y *
                   gamma.z;
  return diffuse;
}

}  // namespace nbk::scene
