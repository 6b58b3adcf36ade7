// SPDX-License-Identifier: MIT
#pragma once

#include "bench/noise/noise_images.hpp"
#include "bench/noise/noise_input.hpp"

namespace nbk::bench::noise {

/// Writes the image without noise, its picture and the image with noise, as far as they are wanted. \throws FileError
void write_noise_files(const NoiseOptions& options, const NoiseInput& input, const NoiseImages& images);

}  // namespace nbk::bench::noise
