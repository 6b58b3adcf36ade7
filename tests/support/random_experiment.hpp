// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/experiment.hpp"

#include <cstdint>

namespace nbk::testing {

/// Returns a small experiment made up from a seed, with the physics that is meant: panels, runs of pixels, spectra,
/// directions, sets of F, crystals by any of their matrices, domains and goniometers, each of them now and then. The
/// seed alone decides.
Experiment random_experiment(std::uint64_t seed);

}  // namespace nbk::testing
