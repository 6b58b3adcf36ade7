// SPDX-License-Identifier: MIT
#pragma once

#include "bench/reference/intensity.hpp"

#include <vector>

namespace nbk::reference {

/// Diffuse scattering of a crystal with every choice made.
struct Diffuse {
  std::vector<Matrix>
      to_axes;       ///< of each rotation of the Laue group: indices -> axes of the displacements, 1/Angstrom
  double share = 0;  ///< factor in front of the sums over rotations and stencil
};

/// Makes every choice; a crystal without diffuse scattering has no rotations.
Diffuse resolve_diffuse(const Experiment& experiment, const Lattice& lattice);

/// Returns the part of F_cell^2 F_latt^2 that is diffuse, electrons^2.
/// \param factors  set of the ray's energy
double diffuse_intensity(const Experiment& experiment, const Diffuse& diffuse, const StructureFactors& factors,
                         const Index& index);

}  // namespace nbk::reference
