// SPDX-License-Identifier: MIT
#pragma once

#include "bench/background/background_options.hpp"

#include <string>
#include <vector>

namespace nbk::bench::background {

/// The panel, placed by nonBragg's rules.
struct PlacedPanel {
  int pixels_fast = 0, pixels_slow = 0;
  double pixel_size_m = 0, size_fast_m = 0, size_slow_m = 0;
  Vec3d origin_m, fast, slow, normal;
  double distance_m = 0, close_distance_m = 0;
  double beam_fast_m = 0, beam_slow_m = 0;    ///< point that the direct beam meets
  double close_fast_m = 0, close_slow_m = 0;  ///< point nearest to the sample
  int fast_min = 0, fast_max = -1, slow_min = 0, slow_max = -1;
};

/// One ray.
struct BackgroundRay {
  Vec3d position;  ///< of the source, from the sample
  double weight = 1;
  double wavelength_m = 0;
};

/// Everything that is fixed before the first pixel.
struct BackgroundSetup {
  PlacedPanel panel;
  Vec3d beam, polarization;  ///< unit vectors
  std::vector<BackgroundRay> rays;
  double fluence_per_m2 = 0;
  Sample sample;  ///< cut down to the beam, with the molecules and the density that follow
  double osc_rad = 0;
  std::vector<std::string> problems;  ///< that may change the image
  std::vector<std::string> notes;
};

/// Takes over what the header of an image says. \throws FileError
void take_header(const std::string& file, BackgroundOptions& options);

/// Places panel, rays and sample.
/// \throws InvalidInput  numbers that make no image \throws FileError  the file of sources
BackgroundSetup make_setup(const BackgroundOptions& options);

}  // namespace nbk::bench::background
