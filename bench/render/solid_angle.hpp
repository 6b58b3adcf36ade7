// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/rendered_area.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/scene.hpp"

#include <cstddef>

namespace nbk::bench::render {

/// Returns the solid angle of a panel, steradian. In `compat` it is what the C program prints: the pixels' values,
/// added up over every sub-pixel and layer, divided by all evaluations of a pixel. That is the panel's own solid angle
/// for one source, one domain, one phi step and one layer. In `corrected` it is always the panel's own.
/// \param panel  number of the panel, from 0
double printed_solid_angle_sr(const Scene& scene, const Experiment& experiment, const io::RenderedArea& area,
                              std::size_t panel = 0);

}  // namespace nbk::bench::render
