// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/plan/tables.hpp"
#include "nbk/scene/scene.hpp"

namespace nbk::plan {

/// The panel in the number type of the geometry, lengths in metres.
template <class G>
physics::PanelParameters<G> panel_parameters(const ScenePanel& of) {
  const PanelGeometry& panel = of.geometry;
  physics::PanelParameters<G> p;
  p.origin = vec3_cast<G>(panel.origin_m);
  p.fast = vec3_cast<G>(panel.fast);
  p.slow = vec3_cast<G>(panel.slow);
  p.normal = vec3_cast<G>(panel.normal);
  p.pixel_size = static_cast<G>(panel.pixel_size_m);
  p.subpixel_size = static_cast<G>(panel.pixel_size_m / of.oversample);
  p.close_distance = static_cast<G>(panel.close_distance_m);
  p.curved = panel.curved;
  p.point_pixel = panel.point_pixel;
  const physics::Bend<double>& bend = panel.bend;
  p.bend = {vec3_cast<G>(bend.start), vec3_cast<G>(bend.first_axis), vec3_cast<G>(bend.first_per_m),
            vec3_cast<G>(bend.second_axis), vec3_cast<G>(bend.second_per_m)};
  return p;
}

/// The layers of the sensor in the number type of the geometry.
template <class G>
LayerTable<G> layer_table(const ScenePanel& of) {
  const SensorLayers& layers = of.layers;
  return {layers.count, static_cast<G>(layers.step_m), static_cast<G>(layers.step_m * layers.attenuation_per_m),
          layers.thickness_m != 0.0};
}

}  // namespace nbk::plan
