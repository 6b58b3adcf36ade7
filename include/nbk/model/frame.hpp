// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/vec3.hpp"

namespace nbk {

/// Detector conventions of other programs. Each fixes the axes and the meaning of the beam centre.
enum class Convention {
  adxv,    ///< convention of the viewer adxv
  mosflm,  ///< convention of MOSFLM; the default
  denzo,   ///< convention of denzo
  xds,     ///< convention of XDS
  dials,   ///< convention of DIALS
  custom,  ///< the user's own vectors
};

/// Directions in the laboratory frame, which a convention fixes. They need not be unit vectors.
struct Frame {
  Convention convention = Convention::mosflm;  ///< meaning of the beam centre
  Vec3d beam{1, 0, 0};                         ///< direction in which the photons travel
  Vec3d fast{0, 0, 1};                         ///< detector fast axis
  Vec3d slow{0, -1, 0};                        ///< detector slow axis
  Vec3d normal{1, 0, 0};                       ///< detector normal, away from the sample
  Vec3d two_theta_axis{0, 0, -1};              ///< axis of the two-theta swing; used as given, never normalised
  Vec3d polarization{0, 0, 1};                 ///< electric field of the beam
  Vec3d spindle{0, 0, 1};                      ///< axis of the phi rotation

  /// Returns the axes of a convention. Those of `custom` are the values that a user's own vectors replace.
  static Frame of(Convention convention) {
    switch (convention) {
      case Convention::adxv:
        return {convention, {0, 0, 1}, {1, 0, 0}, {0, -1, 0}, {0, 0, 1}, {-1, 0, 0}, {1, 0, 0}, {1, 0, 0}};
      case Convention::xds:
        return {convention, {0, 0, 1}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {1, 0, 0}, {1, 0, 0}, {1, 0, 0}};
      case Convention::dials:
        return {convention, {0, 0, 1}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 1, 0}, {0, 1, 0}, {0, 1, 0}};
      case Convention::custom:
        return {convention, {1, 0, 0}, {0, 0, 1}, {0, -1, 0}, {1, 0, 0}, {0, 1, 0}, {0, 0, 1}, {0, 0, 1}};
      case Convention::mosflm:
      case Convention::denzo: break;
    }
    return {convention, {1, 0, 0}, {0, 0, 1}, {0, -1, 0}, {1, 0, 0}, {0, 0, -1}, {0, 0, 1}, {0, 0, 1}};
  }
};

}  // namespace nbk
