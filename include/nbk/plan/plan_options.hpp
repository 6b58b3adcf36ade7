// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/traversal.hpp"

namespace nbk {

/// Choices for a Plan that change the time of its images, not their bits.
struct PlanOptions {
  Traversal traversal = Traversal::automatic;  ///< of compact spots; what does not suit an experiment is left out
};

}  // namespace nbk
