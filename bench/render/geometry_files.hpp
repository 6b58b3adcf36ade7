// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"
#include "nbk/scene/scene.hpp"

namespace nbk::bench::render {

/// Writes geometry and crystals as an experiment list of DIALS, if the user wants it. It names the integer image. A
/// name that has the image's number, as sweep_007.img of image 7, stands for the whole sweep.
/// \throws FileError
void write_expt(const flags::Command& command, const Scene& scene);

/// Writes the geometry as CrystFEL has it, if the user wants it.
/// \throws FileError
void write_geom(const flags::Command& command, const Scene& scene);

}  // namespace nbk::bench::render
