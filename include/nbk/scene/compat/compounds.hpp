// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/experiment.hpp"

namespace nbk::scene::compat {

/// True if the products of the oversample_* factors multiply the running sum after every term. The C program does so
/// with any of these flags.
inline bool compounds(const Experiment& experiment) {
  const Detector& d = experiment.detector;
  return experiment.policy == Policy::compat &&
         (d.oversample_thickness || d.oversample_polarization || d.oversample_solid_angle);
}

}  // namespace nbk::scene::compat
