// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/math/rotation.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/crystal.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/compat/forced_volume.hpp"
#include "nbk/scene/compat/skewed_c_star.hpp"
#include "nbk/scene/completed_cell.hpp"
#include "nbk/scene/make_lattice.hpp"
#include "nbk/scene/reciprocal_vectors.hpp"
#include "nbk/scene/scene.hpp"

#include <cmath>
#include <optional>

namespace nbk::scene {

/// Returns the oriented lattice of a crystal, from its unit cell or its A matrix. The crystal has one cell each way.
/// \param wavelength_m  wavelength that an A matrix refers to
/// \param misset_rad    angles of the crystal, or those drawn instead
/// \throws InvalidInput for an A matrix, or a combination of it and a cell, that gives no lattice
inline Lattice orient_lattice(const Crystal& crystal, double wavelength_m, Policy policy, const Vec3d& misset_rad) {
  std::optional<UnitCell> cell;
  if (crystal.cell) cell = completed(*crystal.cell);
  const bool as_c = policy == Policy::compat;
  ReciprocalVectors star = crystal.a_matrix       ? from_a_matrix(*crystal.a_matrix, wavelength_m)
                           : crystal.real_space_A ? from_real_space(*crystal.real_space_A)
                           : crystal.u_matrix     ? from_u_matrix(crystal, cell)
                           : as_c                 ? compat::skewed_default_orientation(cell.value())
                                                  : default_orientation(cell.value());
  for (Vec3d* v : {&star.a, &star.b, &star.c}) *v = rotate_xyz(*v, misset_rad);
  const Lattice lattice = as_c ? compat::lattice_of_forced_volume(star, cell) : make_lattice(star, cell);
  const double all = strict::magnitude(lattice.direct.a_m) + strict::magnitude(lattice.direct.b_m) +
                     strict::magnitude(lattice.direct.c_m) + strict::magnitude(lattice.a_star_per_A) +
                     strict::magnitude(lattice.b_star_per_A) + strict::magnitude(lattice.c_star_per_A);
  require(std::isfinite(all) && all > 0.0, "crystal cell vectors", all, "must be finite and not 0");
  return lattice;
}

/// Returns the same for the crystal of an experiment.
inline Lattice orient_lattice(const Experiment& experiment, const Vec3d& misset_rad) {
  return orient_lattice(experiment.crystal, experiment.beam.wavelength_m, experiment.policy, misset_rad);
}

}  // namespace nbk::scene
