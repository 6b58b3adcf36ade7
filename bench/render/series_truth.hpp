// SPDX-License-Identifier: MIT
#pragma once

#include "bench/render/series_outputs.hpp"

#include <string>

namespace nbk::bench::render {

/// Returns the members of the manifest's line of an image: how it was made, and its spots.
/// \param threshold  photons from which on a pixel belongs to a spot
std::string truth_of(const ComputedImage& computed, double threshold);

}  // namespace nbk::bench::render
