// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/experiment.hpp"

#include <cstdint>

namespace nbk::testing {

/// Makes up an experiment with compact spots and many wavelengths from a seed: what the lists of spots are for, and
/// what is hard for them. Triclinic cells of both hands, 2 to 30 cells, 1 to 150 wavelengths over up to 40 %, several
/// sets of F most of which are 0, divergence, phi, domains up to 10 degrees apart, layers, sub-pixels, panels at all
/// angles and behind the sample, pixels in the beam, masks, regions, water, resolution limits. Small images, so that a
/// comparison with a loop over everything takes milliseconds.
Experiment random_spots(std::uint64_t seed);

}  // namespace nbk::testing
