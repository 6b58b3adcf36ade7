// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/warning.hpp"
#include "nbk/model/detector.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/compat/spread_layers.hpp"
#include "nbk/scene/scene.hpp"

#include <vector>

namespace nbk::scene {

/// Completes the sensor's layers: two if their number is not given, thickness/n apart.
inline SensorLayers resolve_layers(const Sensor& sensor, Policy policy, std::vector<Warning>& warnings) {
  SensorLayers layers;
  if (sensor.thickness_m > 0.0) {
    const bool counted = sensor.layers.value_or(0) > 0;
    layers.thickness_m = sensor.thickness_m;
    layers.count = counted ? *sensor.layers : 2;
    layers.step_m = layers.thickness_m / layers.count;
    if (policy == Policy::compat && counted) compat::spread_layers(layers);
    if (!sensor.attenuation_length_m)
      add_warning(warnings, Warning::Topic::attenuation_length, "detector.sensor.attenuation_length_m",
                  "the sensor has no attenuation length: its thickness is used");
    if (sensor.attenuation_length_m == 0.0)
      add_warning(warnings, Warning::Topic::nothing_absorbed, "detector.sensor.attenuation_length_m",
                  "a sensor that has a thickness but absorbs nothing gives an image of zeros");
  }
  const double length = sensor.attenuation_length_m.value_or(layers.thickness_m);
  layers.attenuation_per_m = length > 0.0 ? 1.0 / length : 0.0;
  return layers;
}

}  // namespace nbk::scene
