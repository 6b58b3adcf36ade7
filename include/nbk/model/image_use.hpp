// SPDX-License-Identifier: MIT
#pragma once

namespace nbk {

/// Fate of the photons that an image holds before a simulation.
enum class ImageUse {
  replace,  ///< the new photons replace them
  add,      ///< the new photons are added to them
};

}  // namespace nbk
