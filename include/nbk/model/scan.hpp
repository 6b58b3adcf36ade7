// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/crystal.hpp"

namespace nbk {

/// A sweep of images at evenly spaced spindle angles, as dxtbx has it.
struct Scan {
  int first_image = 1;         ///< number of the first image
  int images = 1;              ///< number of images, >= 1
  double start_rad = 0;        ///< spindle angle at the beginning of the first image
  double oscillation_rad = 0;  ///< spindle angle from image to image
  int steps_per_image = 1;     ///< phi steps of one image, >= 1

  /// Returns the rotation during one image.
  /// \param image  counted from 0
  PhiScan exposure(int image) const {
    PhiScan phi;
    phi.start_rad = start_rad + oscillation_rad * image;
    phi.range_rad = oscillation_rad;
    phi.step_rad = oscillation_rad / steps_per_image;
    phi.steps = steps_per_image;
    return phi;
  }
};

}  // namespace nbk
