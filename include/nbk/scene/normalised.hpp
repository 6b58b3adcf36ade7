// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/warning.hpp"
#include "nbk/math/strict.hpp"
#include "nbk/model/experiment.hpp"

#include <vector>

namespace nbk::scene {

/// Returns the axes as unit vectors. A normal that is not of length 1 exactly is replaced by fast x slow. In `compat`
/// the two-theta axis stays as given.
inline Frame normalised(Frame frame, Policy policy, std::vector<Warning>& warnings) {
  const double normal_length = strict::magnitude(frame.normal);
  frame.beam = strict::unit(frame.beam);
  frame.fast = strict::unit(frame.fast);
  frame.slow = strict::unit(frame.slow);
  frame.polarization = strict::unit(frame.polarization);
  frame.spindle = strict::unit(frame.spindle);
  if (policy == Policy::corrected) frame.two_theta_axis = strict::unit(frame.two_theta_axis);
  if (normal_length == 1.0) {
    frame.normal = strict::unit(frame.normal);
  } else {
    frame.normal = strict::unit(strict::cross(frame.fast, frame.slow));
    add_warning(warnings, Warning::Topic::replaced_normal, "frame.normal",
                "the detector normal is not a unit vector: fast x slow is used instead");
  }
  return frame;
}

}  // namespace nbk::scene
