// SPDX-License-Identifier: MIT
#pragma once

#include <optional>
#include <string>
#include <vector>

namespace nbk {

/// One point of a curve of form factors.
struct FormFactorPoint {
  double stol_per_A = 0;  ///< sin(theta) / lambda, >= 0, 1/Angstrom
  double amplitude = 0;   ///< electrons per molecule; a negative one scatters a negative intensity, in `compat` alone
};

/// Matter without crystalline order in the beam: water, air, plastic, ice. physics/material_scattering.hpp has the
/// equation. The beam's dmin does not end it.
struct Material {
  std::string name{};                          ///< for messages; may be empty
  std::vector<FormFactorPoint> form_factor{};  ///< of one molecule, in ascending order; two points or more
  double density_g_per_cm3 = 1;                ///< > 0
  double molar_mass_g_per_mol = 18;            ///< of the molecule that `form_factor` belongs to, > 0
  double thickness_m = 1e-4;                   ///< along the beam, > 0; the beam's size is the area across
  std::optional<double> volume_m3{};           ///< in the beam, > 0; replaces thickness and beam size
  double transmission = 1;                     ///< share of the scattered photons that leave the sample, 0 to 1
};

}  // namespace nbk
