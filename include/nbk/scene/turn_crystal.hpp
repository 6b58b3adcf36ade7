// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/math/rotation.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/scene/scene.hpp"

#include <vector>

namespace nbk::scene {

/// Direct vectors turned by a matrix. The identity leaves every bit of them.
inline CellVectors turned_by(const Mat3d& rotation, const CellVectors& direct) {
  if (rotation == Mat3d::identity()) return direct;
  const auto turned = [&](const Vec3d& v) { return strict::transformed(rotation, v); };
  return {turned(direct.a_m), turned(direct.b_m), turned(direct.c_m)};
}

/// Direct vectors of the crystal turned about the spindle of its goniometer. An angle of 0 leaves every bit of them.
inline CellVectors turned_about_spindle(const Scene& scene, double phi_rad) {
  const CellVectors direct = turned_by(scene.goniometer.fixed, scene.lattice.direct);
  if (phi_rad == 0.0) return turned_by(scene.goniometer.setting, direct);
  const auto turned = [&](const Vec3d& v) { return rotate_about(v, scene.frame.spindle, phi_rad); };
  return turned_by(scene.goniometer.setting, {turned(direct.a_m), turned(direct.b_m), turned(direct.c_m)});
}

/// Combines every phi step with every mosaic domain, [phi][domain].
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

}  // namespace nbk::scene
