// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/scene/crystal_parameters_of.hpp"
#include "nbk/scene/scene.hpp"
#include "nbk/scene/shape_of.hpp"

#include <algorithm>
#include <array>
#include <cmath>

/// \file
/// Upper bounds of the Miller indices of an image: |h| = |a.q| <= |a| |q|, and |q| = |d - i| / lambda <= 2 / lambda.

namespace nbk::scene {

/// Largest |d - i| between a flat panel's pixels and a ray. The angle to a point of a flat rectangle is largest at one
/// of its corners or, where the detector reaches round behind the sample, at most 2 anyway; sensor depth is covered by
/// the back corners.
inline double largest_difference(const ScenePanel& panel, const Ray& ray) {
  const PanelGeometry& p = panel.geometry;
  if (p.curved) return 2.0;
  double largest = 0;
  const double depth_m = panel.layers.step_m * (panel.layers.count - 1);
  for (const int fast : {panel.window.fast_min, panel.window.fast_max + 1}) {
    for (const int slow : {panel.window.slow_min, panel.window.slow_max + 1}) {
      for (const double depth : {0.0, depth_m}) {
        const Vec3d at = p.point_of_pixel_m(fast, slow, depth);
        const double r = std::sqrt(dot(at, at));
        if (!(r > 0.0)) return 2.0;
        const Vec3d s = (1.0 / r) * at - ray.incident;
        largest = std::max(largest, std::sqrt(dot(s, s)));
      }
    }
  }
  // Of a cone round the ray, a plane cuts out a convex region while the cone is narrower than a right angle.
  return largest < std::sqrt(2.0) ? largest : 2.0;
}

/// Upper bound of |q| over the image. It needs the panels, their windows and layers, and the rays of the scene.
inline double largest_q_per_m(const Scene& scene) {
  double q_per_m = 0;
  for (const ScenePanel& panel : scene.panels) {
    for (const Ray& ray : scene.rays) q_per_m = std::max(q_per_m, largest_difference(panel, ray) / ray.wavelength_m);
  }
  return q_per_m;
}

/// Bounds of |h|, |k|, |l| over the image.
inline std::array<double, 3> index_bounds(const Scene& scene) {
  const auto bound = [&](const Vec3d& v) { return std::sqrt(dot(v, v)) * scene.largest_q_per_m * (1 + 1e-6); };
  return {bound(scene.lattice.direct.a_m), bound(scene.lattice.direct.b_m), bound(scene.lattice.direct.c_m)};
}

/// Number of periods of the crystal's interference function between the centre of reciprocal space and the farthest
/// pixel, roughly: the phase that must be resolved. The shape knows the width of a spot.
inline double phase_periods(const Scene& scene, LatticeShape shape, Policy policy) {
  const auto [h, k, l] = index_bounds(scene);
  const physics::CrystalParameters<double> crystal = crystal_parameters_of(scene.lattice, 1, policy);
  Vec3d per_index;
  with_shape(shape, [&](auto type) { per_index = decltype(type)::inverse_widths(crystal); });
  return std::max({0.0, h * per_index.x, k * per_index.y, l * per_index.z});
}

}  // namespace nbk::scene
