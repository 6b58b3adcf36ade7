// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/vec3.hpp"

namespace nbk {

/// The detector conventions of the C program; each fixes the axes and the meaning of the beam centre.
enum class Convention {
  adxv,    ///< as the viewer adxv
  mosflm,  ///< as MOSFLM; the default
  denzo,   ///< as denzo
  xds,     ///< as XDS
  dials,   ///< as DIALS
  custom,  ///< the user's own vectors
};

/// The directions a convention fixes, in the laboratory frame. They need not be unit vectors yet.
struct Frame {
  Convention convention = Convention::mosflm;  ///< how the beam centre is meant
  Vec3d beam{1, 0, 0};                         ///< direction in which the photons travel
  Vec3d fast{0, 0, 1};                         ///< detector fast axis
  Vec3d slow{0, -1, 0};                        ///< detector slow axis
  Vec3d normal{1, 0, 0};                       ///< detector normal, away from the sample
  Vec3d two_theta_axis{0, 0, -1};              ///< axis of the two-theta swing; used as given, never normalised
  Vec3d polarization{0, 0, 1};                 ///< electric field of the beam
  Vec3d spindle{0, 0, 1};                      ///< axis of the phi rotation

  /// The axes of a convention; `custom` gives the values that a user's own vectors start from.
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
