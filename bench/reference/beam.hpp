// SPDX-License-Identifier: MIT
#pragma once

#include "bench/reference/geometry.hpp"
#include "nbk/model/beam.hpp"

#include <vector>

namespace nbk::reference {

/// Monochromatic ray: direction of its photons, wavelength, share of the intensity.
struct Ray {
  Vec incident;
  double wavelength_m = 0;
  double share = 1;  ///< weights of all rays divided by their sum
  int set = 0;       ///< of structure factors
};

/// Returns the rays of the beam: the given ones, or every direction (horizontal divergence outermost, then vertical)
/// with every wavelength (innermost).
std::vector<Ray> make_rays(const Beam& beam, const Axes& axes);

/// Returns the photons per square metre. A flux, if given, decides.
double fluence_per_m2(const Beam& beam);

/// Returns the polarisation factor of a scattered direction. Source: Kahn et al. (1982), J. Appl. Cryst. 15, 330.
double polarization_factor(double kahn_factor, const Vec& electric, const Vec& incident, const Vec& diffracted);

}  // namespace nbk::reference
