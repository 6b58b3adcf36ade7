// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/rotation.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/scene.hpp"

#include <optional>
#include <vector>

/// \file
/// The crystal's orientations: direct vectors turned about the spindle, then by the mosaic domain.

namespace nbk {

namespace scene {

/// Direct vectors of every phi step.
/// \param stale what a step with an angle of exactly 0 uses before any other step has been seen
inline std::vector<CellVectors> spindle_orientations(const Scene& scene, CellVectors stale, bool reuse_stale) {
  std::vector<CellVectors> steps;
  steps.reserve(scene.phi_rad.size());
  for (const double phi_rad : scene.phi_rad) {
    const auto turned = [&](const Vec3d& v) { return rotate_about(v, scene.frame.spindle, phi_rad); };
    if (phi_rad != 0.0)
      stale = {turned(scene.lattice.direct.a_m), turned(scene.lattice.direct.b_m), turned(scene.lattice.direct.c_m)};
    else if (!reuse_stale)
      stale = scene.lattice.direct;
    steps.push_back(stale);
  }
  return steps;
}

/// Every step with every mosaic domain, [phi][domain].
inline std::vector<CellVectors> with_domains(const std::vector<CellVectors>& steps, const Scene& scene) {
  std::vector<CellVectors> all;
  all.reserve(steps.size() * scene.domains.size());
  for (const CellVectors& v : steps) {
    for (const Mat3d& domain : scene.domains) {
      const auto turned = [&](const Vec3d& u) { return scene.mosaic_rotations ? strict::transformed(domain, u) : u; };
      all.push_back({turned(v.a_m), turned(v.b_m), turned(v.c_m)});
    }
  }
  return all;
}

}  // namespace scene

/// Orientations of all but the first evaluation, [phi][domain], phi outermost.
///
/// In `compat` a phi step whose angle is exactly 0 repeats the step before it, because the C program skips the rotation
/// and leaves the vectors of the step before; the first step repeats the last one, of the previous evaluation. In
/// `corrected` it is the crystal at phi = 0.
inline std::vector<CellVectors> make_orientations(const Scene& scene, Policy policy) {
  const bool compat = policy == Policy::compat;
  std::vector<CellVectors> steps = scene::spindle_orientations(scene, scene.lattice.direct, compat);
  if (compat) steps = scene::spindle_orientations(scene, steps.back(), true);
  return scene::with_domains(steps, scene);
}

/// What the first (pixel, sub-pixel, source) that a serial run of the C program evaluates sees instead, [phi][domain]:
/// there is no previous evaluation, so that leading steps of angle 0 are the crystal at phi = 0.
inline std::vector<CellVectors> make_first_evaluation_orientations(const Scene& scene) {
  return scene::with_domains(scene::spindle_orientations(scene, scene.lattice.direct, true), scene);
}

}  // namespace nbk
