// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/core/number_traits.hpp"
#include "nbk/scene/scene.hpp"
#include "nbk/scene/spot_axes.hpp"

#include <algorithm>
#include <cmath>

namespace nbk::plan {

/// Root of the sum of squared components of the spot axes: no vector of indices grows by more.
inline double size_of(const scene::SpotAxes& axes) {
  return std::sqrt(dot(axes.a, axes.a) + dot(axes.b, axes.b) + dot(axes.c, axes.c));
}

/// Inverse wavelengths of a scene, 1/Angstrom.
struct InverseWavelengths {
  double least = 0, most = 0;
};

/// Returns the range of 1 / wavelength.
inline InverseWavelengths inverse_wavelengths(const Scene& scene) {
  InverseWavelengths range;
  for (const Ray& ray : scene.rays) {
    const double inverse = 1 / (ray.wavelength_m * constants::metres_to_A);
    range.least = range.most == 0 ? inverse : std::min(range.least, inverse);
    range.most = std::max(range.most, inverse);
  }
  return range;
}

/// Longest edge of the scene's cell, Angstrom.
inline double longest_edge_A(const Scene& scene) {
  double sqr = 0;
  for (const Vec3d& edge_m : {scene.lattice.direct.a_m, scene.lattice.direct.b_m, scene.lattice.direct.c_m})
    sqr = std::max(sqr, dot(edge_m, edge_m));
  return std::sqrt(sqr) * constants::metres_to_A;
}

/// Bound of the rounding of a spot vector in the number type L, in units of the spot axes. It is the sum of an anchor's
/// vector and the way from there, each at most as long as the indices change in the spectrum.
template <class L>
double rounding_of_spot_vectors(const Scene& scene, Policy policy) {
  const InverseWavelengths s = inverse_wavelengths(scene);
  const double largest_rest = 1 + longest_edge_A(scene) * (s.most - s.least);
  return 32 * std::ldexp(1.0, -NumberTraits<L>::significand_bits) * size_of(scene::spot_axes(scene.lattice, policy)) *
         largest_rest;
}

}  // namespace nbk::plan
