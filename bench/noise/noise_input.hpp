// SPDX-License-Identifier: MIT
#pragma once

#include "bench/noise/noise_options.hpp"

#include <string>
#include <vector>

namespace nbk::bench::noise {

/// The image that noise is added to, and what is known of its detector.
struct NoiseInput {
  std::vector<float> image;           ///< [slow][fast], in the units of the file
  HeaderNumbers header;               ///< with every number filled in
  std::string header_bytes;           ///< of the output files
  std::vector<std::string> problems;  ///< of the files, which may change the image
};

/// Reads the files of a run and finds the size of the image: that of the copied header, of -detpixels, or a guess.
/// \throws FileError     a file cannot be read, or has no pixels
/// \throws InvalidInput  with Policy::corrected: a size that is not that of the image, pixels that are not photons,
///                       or a copied header that would be wrong about byte order, type or offset
NoiseInput read_noise_input(const NoiseOptions& options);

}  // namespace nbk::bench::noise
