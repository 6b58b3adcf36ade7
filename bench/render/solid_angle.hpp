// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/rendered_area.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/scene.hpp"

#include <cstddef>

namespace nbk::bench::render {

/// Returns the solid angle of a panel that the C program prints, steradian: the pixels' values, added up over
/// every sub-pixel and layer, divided by all evaluations of a pixel. It is the panel's own solid angle for one
/// source, one domain, one phi step and one layer.
/// \param panel  number of the panel, from 0
double printed_solid_angle_sr(const Scene& scene, const Experiment& experiment, const io::RenderedArea& area,
                              std::size_t panel = 0);

}  // namespace nbk::bench::render
