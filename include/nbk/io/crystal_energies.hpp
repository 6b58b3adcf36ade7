// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/model/beam.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

/// \file
/// Wavelengths of a beam, for structure factors that depend on them.

namespace nbk::io {

namespace detail {

/// Wavelengths that differ by less than this share have the same structure factors.
inline constexpr double same_wavelength = 1e-9;

inline std::size_t find_wavelength(const std::vector<double>& wavelengths_A, double wavelength_m) {
  const double sought_A = wavelength_m * constants::metres_to_A;
  const auto same = [&](double wavelength_A) { return std::abs(wavelength_A / sought_A - 1) < same_wavelength; };
  return static_cast<std::size_t>(std::ranges::find_if(wavelengths_A, same) - wavelengths_A.begin());
}

/// Calls a function with each wavelength of a beam that may name a set of its own.
template <class BeamT, class Function>
void for_each_wavelength(BeamT& beam, Function&& function) {
  if (!beam.sources.empty()) {
    for (auto& source : beam.sources) function(source);
  } else {
    for (auto& line : beam.spectrum.lines) function(line);
  }
}

}  // namespace detail

/// Returns the different wavelengths of the sources, else of the spectrum, else that of the beam, Angstrom. A grid of
/// wavelengths (Beam::dispersion) is narrow: it has that of the beam.
inline std::vector<double> wavelengths_A(const Beam& beam) {
  std::vector<double> result;
  detail::for_each_wavelength(beam, [&](const auto& ray) {
    if (detail::find_wavelength(result, ray.wavelength_m) == result.size())
      result.push_back(ray.wavelength_m * constants::metres_to_A);
  });
  if (result.empty()) result.push_back(beam.wavelength_m * constants::metres_to_A);
  return result;
}

/// Makes each source or line name the set of its wavelength.
/// \param wavelengths_A  of the sets, from wavelengths_A() of this beam
inline void name_sets(Beam& beam, const std::vector<double>& wavelengths_A) {
  detail::for_each_wavelength(beam, [&](auto& ray) {
    ray.structure_factor_set = static_cast<int>(detail::find_wavelength(wavelengths_A, ray.wavelength_m));
  });
}

}  // namespace nbk::io
