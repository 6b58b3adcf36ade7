// SPDX-License-Identifier: MIT
#pragma once

#include <string_view>

namespace nbk {

/// Order in which the terms of compact spots are found. All orders give the same bits.
enum class Traversal {
  automatic,  ///< the plan takes the one that it predicts to be the cheapest
  pixels,     ///< every wavelength of every pixel and orientation
  windows,    ///< of every pixel and orientation the wavelengths that can see a spot
  spots,      ///< the reflections of every orientation, and the pixels that each lights
};

/// Returns the name of an order, as flags and records have it.
constexpr std::string_view traversal_name(Traversal traversal) {
  switch (traversal) {
    case Traversal::automatic: return "automatic";
    case Traversal::pixels: return "pixels";
    case Traversal::windows: return "windows";
    case Traversal::spots: return "spots";
  }
  return "";
}

}  // namespace nbk
