// SPDX-License-Identifier: MIT
#pragma once

#include "bench/noise/noise_input.hpp"
#include "bench/noise/noise_options.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace nbk::bench::noise {

/// Figures of a point spread.
struct SpreadReport {
  double photons_before = 0;           ///< of all pixels; 0 for the image without noise
  std::optional<double> lost_photons;  ///< spread evenly afterwards; not given: there were no photons
};

/// The images of a run in detector units, and their figures.
struct NoiseImages {
  std::vector<double> noiseless_adu;   ///< without noise
  std::vector<double> noisy_adu;       ///< with noise; empty: not asked for
  double photons = 0;                  ///< on the image with noise; corrected: ADU less the offset, over the gain
  std::size_t overloads = 0;           ///< pixels of it above the largest number
  std::optional<SpreadReport> spread;  ///< not given: no point spread
};

/// Makes the images of noisify, bit for bit.
NoiseImages make_compat_images(const NoiseOptions& options, NoiseInput input);

/// Makes the images by the library's Response, on the host. Kokkos must be running.
/// \throws InvalidInput  a number that a detector cannot have, in the words of the command line
/// \throws FileError     the mask or the kernel cannot be read
NoiseImages make_corrected_images(const NoiseOptions& options, const NoiseInput& input);

/// Returns the largest number of an image with noise: that of the integers, or the user's.
double largest_adu(const NoiseOptions& options);

}  // namespace nbk::bench::noise
