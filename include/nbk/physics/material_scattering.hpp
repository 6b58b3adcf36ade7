// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"

/// \file
/// Photons that a material scatters into a pixel. Every molecule scatters alone, and all that molecules have to do with
/// each other is in F:
///
///     photons = r_e^2 fluence N F(s)^2 P Omega,     N = volume density N_A / molar mass,     s = sin(theta) / lambda
///
/// P is the polarisation factor and Omega the solid angle of the pixel. A sum over sub-pixels, sensor layers and
/// sources is divided by their number. Nothing is absorbed by the sample but for one constant share
/// (Material::transmission), and no photon is scattered twice. A negative F stands for a negative intensity, as
/// measured curves have after the subtraction of a background. Source: B. E. Warren, X-ray Diffraction, Addison-Wesley
/// (1969), chapter 10.

namespace nbk::physics {

/// Molecules in a volume. Units: m^3, g/cm^3, g/mol.
inline double molecules_in(double volume_m3, double density_g_per_cm3, double molar_mass_g_per_mol) {
  constexpr double cm3_per_m3 = 1e6;
  return volume_m3 * density_g_per_cm3 * cm3_per_m3 * constants::avogadro_per_mol / molar_mass_g_per_mol;
}

/// F^2 with the sign of F, electrons^2.
inline double signed_square(double amplitude) { return amplitude < 0 ? -amplitude * amplitude : amplitude * amplitude; }

}  // namespace nbk::physics
