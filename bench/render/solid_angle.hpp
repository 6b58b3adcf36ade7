// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/rendered_area.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/scene.hpp"

namespace nbk::bench::render {

/// Returns the solid angle of the detector that the C program prints, steradian: the pixels' values, added up over
/// every sub-pixel and layer, divided by all evaluations of a pixel. It is the detector's own solid angle for one
/// source, one domain, one phi step and one layer.
double printed_solid_angle_sr(const Scene& scene, const Experiment& experiment, const io::RenderedArea& area);

}  // namespace nbk::bench::render
