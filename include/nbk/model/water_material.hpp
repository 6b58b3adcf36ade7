// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/material.hpp"

#include <cmath>
#include <vector>

namespace nbk {

/// Liquid water, to sin(theta) / lambda = 1.6 1/Angstrom. F(0) = 2.49 electrons, the largest F is 7.96 at 0.16.
/// Numbers: D. E. Peplow and K. Verghese (1998), Phys. Med. Biol. 43, 2431, measured molecular form factors for
/// coherent scattering. They are F over the root of the molar mass; below 0.1 the first measured value holds. From 0.8
/// on they are the form factor of oxygen.
inline Material water_material(double thickness_m) {
  constexpr double molar_mass = 18.015;
  struct Row {
    double stol_per_A, relative;
  };
  constexpr Row rows[] = {
      {0.00, 0.5871}, {0.02, 0.5871}, {0.04, 0.5871}, {0.06, 0.5871}, {0.08, 0.5871}, {0.09, 0.5871}, {0.10, 0.5871},
      {0.11, 0.7338}, {0.12, 1.048},  {0.13, 1.299},  {0.14, 1.568},  {0.15, 1.800},  {0.16, 1.876},  {0.17, 1.840},
      {0.18, 1.758},  {0.19, 1.667},  {0.20, 1.600},  {0.22, 1.560},  {0.24, 1.451},  {0.25, 1.324},  {0.26, 1.167},
      {0.28, 0.9384}, {0.30, 0.8699}, {0.32, 0.8600}, {0.34, 0.8571}, {0.35, 0.8515}, {0.36, 0.8305}, {0.38, 0.8022},
      {0.40, 0.7354}, {0.42, 0.6701}, {0.44, 0.6150}, {0.45, 0.5769}, {0.46, 0.5558}, {0.48, 0.5226}, {0.50, 0.5222},
      {0.55, 0.5166}, {0.60, 0.4744}, {0.65, 0.4316}, {0.70, 0.4196}, {0.80, 0.3793}, {0.90, 0.3522}, {1.00, 0.3244},
      {1.10, 0.3058}, {1.20, 0.2877}, {1.30, 0.2698}, {1.40, 0.2521}, {1.50, 0.2349}, {1.60, 0.2182}};
  Material water;
  water.name = "water";
  for (const Row& row : rows) water.form_factor.push_back({row.stol_per_A, row.relative * std::sqrt(molar_mass)});
  water.density_g_per_cm3 = 0.9982;  // at 20 degrees Celsius
  water.molar_mass_g_per_mol = molar_mass;
  water.thickness_m = thickness_m;
  return water;
}

}  // namespace nbk
