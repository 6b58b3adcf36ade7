// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/vec3.hpp"
#include "nbk/physics/pixel_sums.hpp"
#include "nbk/scene/derivative_change.hpp"
#include "nbk/scene/scene.hpp"

/// \file
/// Coefficients of parameters that move a panel or change its sensor. `coefficients` has a number for every sum of
/// physics::PixelSums.

namespace nbk::scene {

/// Adds a vector to three coefficients that follow each other.
inline void add_vector(double* coefficients, int first, const Vec3d& v) {
  coefficients[first] += v.x;
  coefficients[first + 1] += v.y;
  coefficients[first + 2] += v.z;
}

/// Adds the motion of one panel by a shift t and a rotation w about a point r, dP = w x (P - r) + t:
///
///     dI = w.(torque - (r - O) x J) + t.J + I dD / D
///
/// with J the sums `shift` and O the panel's origin, about which `torque` is. The close distance D = origin.n changes
/// by t.n - w.(r x n), as origin and normal n turn together. The solid angle of a point pixel does not know D.
inline void add_motion(const PanelGeometry& panel, const PanelMotion& motion, double* coefficients) {
  using physics::PixelSums;
  const Vec3d &turn = motion.rotation_rad, &fixed = motion.fixed_point_m;
  // w.((r - O) x J) = (w x (r - O)).J
  add_vector(coefficients, PixelSums::shift, motion.shift_m - cross(turn, fixed - panel.origin_m));
  add_vector(coefficients, PixelSums::torque, turn);
  if (panel.point_pixel) return;
  const double close_m = dot(motion.shift_m, panel.normal) - dot(turn, cross(fixed, panel.normal));
  coefficients[PixelSums::image] += close_m / panel.close_distance_m;
}

/// Adds the sensor's thickness at the same number of layers: layer j moves by j n / count, and absorbs anew.
inline void add_thickness(const SensorLayers& layers, double* coefficients) {
  using physics::PixelSums;
  if (layers.thickness_m == 0.0) return;
  coefficients[PixelSums::layer_depth] += 1.0 / layers.count;
  coefficients[PixelSums::layer_absorption] += layers.attenuation_per_m / layers.count;
}

/// Adds the sensor's attenuation length, by which the thickness of a layer is divided.
inline void add_attenuation_length(const SensorLayers& layers, double* coefficients) {
  using physics::PixelSums;
  if (layers.thickness_m == 0.0) return;
  coefficients[PixelSums::layer_absorption] -= layers.step_m * layers.attenuation_per_m * layers.attenuation_per_m;
}

}  // namespace nbk::scene
