// SPDX-License-Identifier: MIT
#pragma once

namespace nbk::constants {

/// Half a turn, in radian.
template <class Real>
inline constexpr Real pi = static_cast<Real>(3.14159265358979323846264338327950288L);

/// Square of the classical electron radius, m^2 (the value nanoBragg uses).
inline constexpr double electron_radius_sqr_m2 = 7.94079248018965e-30;

/// Photons per m^2 for which electron_radius_sqr_m2 * fluence is 1: the default fluence.
inline constexpr double unit_fluence_per_m2 = 125932015286227086360700780544.0;

/// Molecules per mole (the CODATA 2006 value nanoBragg uses).
inline constexpr double avogadro_per_mol = 6.02214179e23;

/// Photon energy times wavelength, eV Angstrom (the value nanoBragg uses).
inline constexpr double energy_wavelength_eV_A = 12398.42;

/// One metre in Angstrom.
inline constexpr double metres_to_A = 1e10;

/// One degree in radian.
inline constexpr double degree_rad = pi<double> / 180.0;

}  // namespace nbk::constants
