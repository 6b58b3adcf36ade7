// SPDX-License-Identifier: MIT
#pragma once

#include "bench/reference/intensity.hpp"
#include "bench/reference/resolved.hpp"

namespace nbk::reference {

/// Three factors of a pixel that the C program computes when it first needs them, and then keeps. 0: not known yet.
struct Factors {
  double solid_angle = 0, capture = 0, polarization = 0;
};

/// Values of one evaluation, for the printout.
struct Evaluation {
  Vec position_m, scattering_per_m;
  Cell cell;
  Index index;
  double amplitude = 0, lattice = 0;
  double sum = 0, steps = 1;  ///< sum of the pixel so far, and its divisor
  Factors factors;
};

/// State that a serial run of the C program carries from one evaluation to the next, over pixels.
struct RunState {
  bool first_evaluation = false;  ///< true until the first sweep of the spindle
  bool interpolate = false;       ///< false from the first miss on
  Evaluation last;
};

/// Returns one pixel of the C program, photons.
double pixel_compat(const Resolved& r, const ResolvedPanel& panel, int fast, int slow, RunState& state);

/// Returns one pixel by the physics that is meant, photons.
double pixel_corrected(const Resolved& r, const ResolvedPanel& panel, int fast, int slow);

/// Sub-pixel of one sensor layer.
struct SubPixel {
  Vec position_m;
  Vec diffracted;         ///< unit vector from the sample
  double solid_angle_sr;  ///< solid angle of the whole pixel at the sub-pixel's distance
};
/// Returns a sub-pixel by its numbers, counted over the whole panel.
SubPixel locate(const ResolvedPanel& panel, int fast_sub, int slow_sub, int layer);

/// Returns the share of the photons that a layer stops.
double capture_fraction(const ResolvedPanel& panel, int layer, const Vec& diffracted);

/// Returns (d - i) / lambda, 1/m.
Vec scattering_vector(const Ray& ray, const Vec& diffracted);

/// True if d = 1 / |q| is finer than the limit of resolution.
bool beyond_resolution(const Experiment& e, const Vec& scattering_per_m);

/// Returns the polarisation factor of a ray and a scattered direction.
double polarization(const Resolved& r, const Ray& ray, const Vec& diffracted);

}  // namespace nbk::reference
