// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/vec3.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/physics/polarization.hpp"
#include "nbk/scene/scene.hpp"

#include <vector>

namespace nbk {

/// Derivatives of the directions of a ray by a turn of the beam, per radian.
struct BeamTurn {
  Vec3d incident;  ///< of the incident direction
  Vec3d electric;  ///< of the electric axis; 0 where it is undefined
  Vec3d magnetic;  ///< of the magnetic axis; 0 where it is undefined
};

namespace scene {

/// Returns the derivatives of a ray's directions by a right-handed turn about an axis k. The direction of polarisation
/// stays: i' = k x i, B = unit(P x i), E = i x B.
inline BeamTurn beam_turn(const Ray& ray, const Vec3d& polarization, const Vec3d& axis) {
  const Vec3d incident = cross(axis, ray.incident);
  const auto axes = physics::polarization_axes(polarization, ray.incident);
  if (axes.undefined) return {incident, {}, {}};
  const Vec3d& b = axes.magnetic;
  const Vec3d moved = cross(polarization, incident);
  const double per_length = 1.0 / strict::magnitude(cross(polarization, ray.incident));
  const Vec3d magnetic = per_length * (moved - dot(b, moved) * b);
  return {incident, cross(incident, b) + cross(ray.incident, magnetic), magnetic};
}

/// Returns the derivatives of all rays by a turn of the beam.
inline std::vector<BeamTurn> beam_turns(const Scene& scene, const Vec3d& axis) {
  std::vector<BeamTurn> turns;
  turns.reserve(scene.rays.size());
  for (const Ray& ray : scene.rays) turns.push_back(beam_turn(ray, scene.frame.polarization, axis));
  return turns;
}

}  // namespace scene
}  // namespace nbk
