// SPDX-License-Identifier: MIT
#pragma once

#include "bench/reference/geometry.hpp"
#include "nbk/model/beam.hpp"

#include <vector>

namespace nbk::reference {

/// One monochromatic ray: the direction its photons travel in, its wavelength, its share of the intensity.
struct Ray {
  Vec incident;
  double wavelength_m = 0;
  double share = 1;  ///< weights of all rays divided by their sum
};

/// The rays of the beam: as given, or divergence (horizontal outermost, then vertical) times wavelengths (innermost).
std::vector<Ray> make_rays(const Beam& beam, const Axes& axes);

/// Photons per square metre; a flux, if given, decides.
double fluence_per_m2(const Beam& beam);

/// Share of the intensity that an electron scatters into a direction: Kahn et al. (1982), J. Appl. Cryst. 15, 330.
double polarization_factor(double kahn_factor, const Vec& electric, const Vec& incident, const Vec& diffracted);

}  // namespace nbk::reference
