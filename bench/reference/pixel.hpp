// SPDX-License-Identifier: MIT
#pragma once

#include "reference/resolved.hpp"

namespace nbk::reference {

/// What a serial run of the C program carries from one evaluation to the next, over pixels.
struct RunState {
  bool first_evaluation = false;  ///< the next sweep of the spindle is the first of the run
  bool interpolate = false;       ///< false for ever after the first miss
};

/// One pixel as the C program computes it, photons.
float pixel_compat(const Resolved& r, int fast, int slow, RunState& state);

/// One pixel as it is physically meant, photons.
float pixel_corrected(const Resolved& r, int fast, int slow);

/// What both have in common: where a sub-pixel of a layer is, and what scatters there.
struct SubPixel {
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
