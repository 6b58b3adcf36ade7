// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/scene/scene.hpp"

#include <algorithm>

namespace nbk::scene::compat {

/// Puts sensor layers thickness/(n - 1) apart, and never one alone, as the C program does with a number of layers that
/// is given. They cover more than the thickness.
inline void spread_layers(SensorLayers& layers) {
  layers.count = std::max(layers.count, 2);
  layers.step_m = layers.thickness_m / (layers.count - 1);
}

}  // namespace nbk::scene::compat
