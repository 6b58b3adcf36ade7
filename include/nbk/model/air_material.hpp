// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/material.hpp"

#include <cmath>
#include <numbers>

/// \file
/// Air as independent molecules. The intensity of a molecule of two atoms at a distance r, averaged over orientations,
/// is
///
///     F^2 = 2 f^2 (1 + sin(q r) / (q r)),     q = 4 pi sin(theta) / lambda
///
/// Source: P. Debye (1915), Ann. Phys. 351, 809. f is that of the free atom: D. T. Cromer and J. B. Mann (1968), Acta
/// Cryst. A24, 321, with the coefficients of International Tables for X-ray Crystallography IV (1974), table 2.2B.

namespace nbk {

/// Coefficients of an atom's form factor: sum of a exp(-b stol^2), and c.
struct AtomCoefficients {
  double a[4];  ///< factors, electrons
  double b[4];  ///< widths, Angstrom^2
  double c;     ///< constant, electrons

  /// Returns the form factor, electrons.
  double at(double stol_per_A) const {
    double sum = c;
    for (int i = 0; i < 4; ++i) sum += a[i] * std::exp(-b[i] * stol_per_A * stol_per_A);
    return sum;
  }
};

/// Nitrogen.
inline constexpr AtomCoefficients nitrogen_atom{
    {12.2126, 3.1322, 2.0125, 1.1663}, {0.0057, 9.8933, 28.9975, 0.5826}, -11.529};
/// Oxygen.
inline constexpr AtomCoefficients oxygen_atom{
    {3.0485, 2.2868, 1.5463, 0.867}, {13.2771, 5.7011, 0.3239, 32.9089}, 0.2508};
/// Argon.
inline constexpr AtomCoefficients argon_atom{
    {7.4845, 6.7723, 0.6539, 1.6442}, {0.9072, 14.8407, 43.8983, 33.3929}, 1.4445};

/// F^2 of a molecule of two equal atoms.
inline double diatomic_intensity(const AtomCoefficients& atom, double bond_A, double stol_per_A) {
  const double f = atom.at(stol_per_A), phase = 4 * std::numbers::pi * stol_per_A * bond_A;
  return 2 * f * f * (1 + (phase == 0 ? 1 : std::sin(phase) / phase));
}

/// Dry air at 20 degrees Celsius and 1013.25 hPa, to sin(theta) / lambda = 1.6 1/Angstrom: nitrogen, oxygen and argon
/// as in the U.S. Standard Atmosphere (1976); bonds of 1.0977 and 1.2075 Angstrom (K. P. Huber and G. Herzberg,
/// Constants of Diatomic Molecules, 1979). F is the root of the mean F^2 of a molecule.
inline Material air_material(double thickness_m) {
  constexpr double nitrogen = 0.78084, oxygen = 0.209476, argon = 0.00934;
  constexpr double step_per_A = 0.01;
  constexpr int points = 161;
  Material air;
  air.name = "air";
  for (int i = 0; i < points; ++i) {
    const double stol = step_per_A * i, f_argon = argon_atom.at(stol);
    const double sum = nitrogen * diatomic_intensity(nitrogen_atom, 1.0977, stol) +
                       oxygen * diatomic_intensity(oxygen_atom, 1.2075, stol) + argon * f_argon * f_argon;
    air.form_factor.push_back({stol, std::sqrt(sum / (nitrogen + oxygen + argon))});
  }
  air.density_g_per_cm3 = 1.2041e-3;
  air.molar_mass_g_per_mol = 28.9644;
  air.thickness_m = thickness_m;
  return air;
}

}  // namespace nbk
