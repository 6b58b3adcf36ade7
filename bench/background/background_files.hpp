// SPDX-License-Identifier: MIT
#pragma once

#include "bench/background/background_image.hpp"
#include "nbk/io/image_statistics.hpp"
#include "nbk/io/noise_image.hpp"

#include <optional>

namespace nbk::bench::background {

/// Figures of the files of a run.
struct FileFigures {
  io::ImageStatistics statistics;
  double int_scale = 0, pgm_scale = 0;
  std::optional<io::NoiseFigures> noise;  ///< not given: no noise image
};

/// Writes the images of a run. \throws FileError
FileFigures write_background_files(const BackgroundOptions& options, const BackgroundSetup& setup,
                                   const BackgroundImage& image);

}  // namespace nbk::bench::background
