// SPDX-License-Identifier: MIT
#pragma once

namespace nbk {

/// Order in which the terms of compact spots are found. All orders give the same bits.
enum class Traversal {
  automatic,  ///< the plan takes the one that it predicts to be the cheapest
  pixels,     ///< every wavelength of every pixel and orientation
  windows,    ///< of every pixel and orientation the wavelengths that can see a spot
  spots,      ///< the reflections of every orientation, and the pixels that each lights
};

}  // namespace nbk
