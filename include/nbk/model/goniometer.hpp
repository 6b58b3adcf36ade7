// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/mat3.hpp"

namespace nbk {

/// A goniometer, as dxtbx has it: a crystal turned by phi about Frame::spindle has the orientation
/// setting * R(phi) * fixed * (orientation of the Crystal). Both matrices are rotations.
struct Goniometer {
  Mat3d fixed = Mat3d::identity();    ///< turns the crystal with the spindle: comes before R(phi)
  Mat3d setting = Mat3d::identity();  ///< turns the whole spindle: comes after R(phi)
};

}  // namespace nbk
