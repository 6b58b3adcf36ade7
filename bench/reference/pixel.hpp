// SPDX-License-Identifier: MIT
#pragma once

#include "bench/reference/intensity.hpp"
#include "bench/reference/resolved.hpp"

namespace nbk::reference {

/// The three factors of a pixel that are computed where they are first needed and then kept; 0 stands for not known.
struct Factors {
  double solid_angle = 0, capture = 0, polarization = 0;
};

/// The values of an evaluation, for those who want to see them.
struct Evaluation {
  Vec position_m, scattering_per_m;
  Cell cell;
  Index index;
  double amplitude = 0, lattice = 0;
  double sum = 0, steps = 1;  ///< of the pixel so far; what its sum is divided by
  Factors factors;
};

/// What a serial run of the C program carries from one evaluation to the next, over pixels.
struct RunState {
  bool first_evaluation = false;  ///< the next sweep of the spindle is the first of the run
  bool interpolate = false;       ///< false for ever after the first miss
  Evaluation last;
};

/// One pixel as the C program computes it, photons.
float pixel_compat(const Resolved& r, int fast, int slow, RunState& state);

/// One pixel as it is physically meant, photons.
float pixel_corrected(const Resolved& r, int fast, int slow);

/// What both have in common: where a sub-pixel of a layer is, and what scatters there.
struct SubPixel {
  Vec position_m;
  Vec diffracted;         ///< unit vector from the sample
  double solid_angle_sr;  ///< of the whole pixel, seen at the sub-pixel's distance
};
SubPixel locate(const Resolved& r, int fast_sub, int slow_sub, int layer);

/// Share of the photons that a layer stops.
double capture_fraction(const Resolved& r, int layer, const Vec& diffracted);

/// (d - i) / lambda, 1/m.
Vec scattering_vector(const Ray& ray, const Vec& diffracted);

/// Whether d = 1 / |q| is finer than the limit of resolution.
bool beyond_resolution(const Experiment& e, const Vec& scattering_per_m);

double polarization(const Resolved& r, const Ray& ray, const Vec& diffracted);

}  // namespace nbk::reference
