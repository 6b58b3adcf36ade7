// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"

namespace nbk::physics {

/// Photons that a cube of water scatters forward, per steradian and pixel, without the factor r_e^2 fluence: F^2 of a
/// molecule (2.57 electrons) times the number of molecules, for 1 g/cm^3 and 18 g/mol. `water_m` is the cube's edge.
inline double water_molecules_scattering(double water_m) {
  return 2.57 * 2.57 * water_m * water_m * water_m * 1e6 * constants::avogadro_per_mol / 18.0;
}

}  // namespace nbk::physics
