// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/experiment.hpp"

#include <cstdint>

namespace nbk::testing {

/// An experiment with compact spots in a spectrum, made up from a seed: Gaussian or flat-topped spots of a triclinic
/// crystal of 2 to 30 cells along each axis, 1 to 150 wavelengths in 0.2 to 40 %, in either order and some alike, a few
/// domains and spindle angles, several directions, sensor layers, sub-pixels, tilted panels up to two-theta = 100
/// degrees, behind the sample and in the beam itself, a resolution limit, and tables that lack most reflections.
Experiment spectrum_experiment(std::uint64_t seed);

}  // namespace nbk::testing
