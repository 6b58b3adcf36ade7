// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"
#include "nbk/math/matrix_algebra.hpp"
#include "nbk/model/diffuse_scattering.hpp"

#include <algorithm>
#include <cstddef>
#include <vector>

namespace nbk::scene {

/// Returns rotations from which all of a Laue group follow, for columns h, k, l of Miller indices.
///
/// A rotation that takes the coordinates x to R x takes the indices h to R^-T h. The two differ for hexagonal axes
/// alone: diffBragg lets R act on indices there, with 1 / sqrt(2) in place of 1, so that its matrices are no rotations.
inline std::vector<Mat3d> laue_generators(LaueGroup group) {
  const Mat3d two_a{{1, 0, 0}, {0, -1, 0}, {0, 0, -1}}, two_b{{-1, 0, 0}, {0, 1, 0}, {0, 0, -1}},
      two_c{{-1, 0, 0}, {0, -1, 0}, {0, 0, 1}}, four_c{{0, -1, 0}, {1, 0, 0}, {0, 0, 1}},
      diagonal{{0, 0, 1}, {1, 0, 0}, {0, 1, 0}};
  const Mat3d three_c{{0, 1, 0}, {-1, -1, 0}, {0, 0, 1}}, six_c{{1, 1, 0}, {-1, 0, 0}, {0, 0, 1}},
      two_ab{{0, 1, 0}, {1, 0, 0}, {0, 0, -1}}, two_across{{0, -1, 0}, {-1, 0, 0}, {0, 0, -1}};
  switch (group) {
    case LaueGroup::triclinic: break;
    case LaueGroup::monoclinic_c: return {two_c};
    case LaueGroup::monoclinic_b: return {two_b};
    case LaueGroup::monoclinic_a: return {two_a};
    case LaueGroup::orthorhombic: return {two_c, two_b};
    case LaueGroup::tetragonal_low: return {four_c};
    case LaueGroup::tetragonal_high: return {four_c, two_a};
    case LaueGroup::trigonal_low: return {three_c};
    case LaueGroup::trigonal_high_m1: return {three_c, two_ab};
    case LaueGroup::trigonal_high_1m: return {three_c, two_across};
    case LaueGroup::hexagonal_low: return {six_c};
    case LaueGroup::hexagonal_high: return {six_c, two_ab};
    case LaueGroup::cubic_low: return {diagonal, two_c};
    case LaueGroup::cubic_high: return {diagonal, four_c};
  }
  return {};
}

/// Returns all rotations of a Laue group, the identity first.
inline std::vector<Mat3d> laue_rotations(LaueGroup group) {
  std::vector<Mat3d> rotations{Mat3d::identity()};
  const std::vector<Mat3d> generators = laue_generators(group);
  for (std::size_t i = 0; i < rotations.size(); ++i) {
    for (const Mat3d& generator : generators) {
      const Mat3d next = generator * rotations[i];
      if (std::ranges::find(rotations, next) == rotations.end()) rotations.push_back(next);
    }
  }
  return rotations;
}

}  // namespace nbk::scene
