// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/warning.hpp"
#include "nbk/model/detector.hpp"
#include "nbk/model/frame.hpp"

#include <vector>

namespace nbk::scene::compat {

/// Warns about what `compat` makes of a detector, as the C program does, and a user hardly means.
/// \param frame  unit vectors
inline void warn_of_quirks(const Detector& detector, const Frame& frame, std::vector<Warning>& warnings) {
  if (detector.origin_m)
    add_warning(warnings, Warning::Topic::ignored_by_policy, "detector.origin_m",
                "detector.origin_m: ignored as the C program does; the corrected policy honours it");
  if (detector.curved && frame.beam != Vec3d{1, 0, 0})
    add_warning(warnings, Warning::Topic::bent_frame, "detector.curved",
                "a curved detector is bent meaningfully only where the beam is along x (mosflm, denzo)");
}

}  // namespace nbk::scene::compat
