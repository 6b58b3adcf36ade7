// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <cmath>
#include <cstddef>
#include <optional>
#include <span>
#include <string_view>

/// \file
/// The material of a sensor that is described by its attenuation length. Files of detectors name a material, from which
/// readers compute where in the sensor photons are absorbed.

namespace nbk::io {

namespace detail {

/// Linear attenuation coefficient at an energy.
struct Attenuation {
  double energy_keV = 0;
  double per_cm = 0;
};

// Photoelectric edges stand as two energies. Source: the tables of NIST that cctbx has in eltbx, read in 2026.
inline constexpr std::array<Attenuation, 12> silicon{{{4, 1055},
                                                      {5, 570.9},
                                                      {6, 342.5},
                                                      {8, 150.7},
                                                      {10, 78.96},
                                                      {14, 29.49},
                                                      {17, 16.72},
                                                      {20, 10.4},
                                                      {26.7, 4.635},
                                                      {40, 1.634},
                                                      {60, 0.7472},
                                                      {80, 0.5191}}};
inline constexpr std::array<Attenuation, 15> gallium_arsenide{{{4, 2415},
                                                               {5, 1327},
                                                               {6, 810.8},
                                                               {8, 370.3},
                                                               {10.36, 182.6},
                                                               {10.38, 668.2},
                                                               {11.85, 475.1},
                                                               {11.88, 893.8},
                                                               {14, 585.8},
                                                               {17, 350.5},
                                                               {20, 226.5},
                                                               {26.7, 102.4},
                                                               {40, 33.31},
                                                               {60, 10.86},
                                                               {80, 5.1}}};
inline constexpr std::array<Attenuation, 15> cadmium_telluride{{{5, 5203},
                                                                {6, 3277},
                                                                {8, 1545},
                                                                {10, 856.2},
                                                                {14, 347.4},
                                                                {17, 206},
                                                                {20, 132.9},
                                                                {24, 81.34},
                                                                {26.7, 61.04},
                                                                {26.8, 180.9},
                                                                {31.8, 116.3},
                                                                {31.9, 215},
                                                                {40, 119.7},
                                                                {60, 40.56},
                                                                {80, 18.72}}};

/// Returns the coefficient at an energy, on straight lines of its logarithm over that of the energy; 0 outside.
inline double attenuation_per_m(std::span<const Attenuation> table, double energy_keV) {
  for (std::size_t i = 1; i < table.size(); ++i) {
    const Attenuation &low = table[i - 1], &high = table[i];
    if (energy_keV < low.energy_keV || energy_keV > high.energy_keV) continue;
    const double share = std::log(energy_keV / low.energy_keV) / std::log(high.energy_keV / low.energy_keV);
    return 100.0 * low.per_cm * std::pow(high.per_cm / low.per_cm, share);
  }
  return 0;
}

}  // namespace detail

/// Returns the material, "Si", "GaAs" or "CdTe", whose attenuation is within 10 % of a sensor's; nothing where none is.
/// \param attenuation_per_m  1 / attenuation length \param wavelength_m  of the beam
inline std::optional<std::string_view> sensor_material(double attenuation_per_m, double wavelength_m) {
  constexpr double keV_m = 12.398419843320026e-10;  // Planck's constant times the speed of light
  constexpr double tolerance = 0.1;
  const double energy_keV = keV_m / wavelength_m;
  const auto fits = [&](std::span<const detail::Attenuation> table) {
    const double expected = detail::attenuation_per_m(table, energy_keV);
    return std::abs(attenuation_per_m - expected) <= tolerance * expected && expected > 0;
  };
  if (fits(detail::silicon)) return "Si";
  if (fits(detail::gallium_arsenide)) return "GaAs";
  if (fits(detail::cadmium_telluride)) return "CdTe";
  return std::nullopt;
}

}  // namespace nbk::io
