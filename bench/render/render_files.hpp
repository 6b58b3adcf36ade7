// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"
#include "bench/render/detector_image.hpp"
#include "nbk/io/image_statistics.hpp"
#include "nbk/io/noise_image.hpp"
#include "nbk/scene/scene.hpp"

#include <optional>
#include <span>
#include <string>
#include <vector>

namespace nbk::bench::render {

/// Results, for the console and the record.
struct WrittenImages {
  io::ImageStatistics statistics;
  std::optional<double> solid_angle_sr;  ///< of all panels; not given: pixels are listed
  double int_scale = 0, grey_scale = 0;
  std::optional<io::NoiseFigures> noise;
  std::optional<DetectorFigures> detector;
  std::vector<std::string> warnings;
};

/// Writes every file that is asked for, side by side: the float image, the integer image, the grey picture, the noise
/// image, the structure factor cache and the PNG. Of listed pixels only the float image and the PNG are written.
/// \param image  photons, [panel][slow][fast] with image_extents(), or the list of pixels
/// \throws FileError  for the first file that could not be written; files under their final names are complete
WrittenImages write_images(const flags::Command& command, const Scene& scene, std::span<const float> image);

}  // namespace nbk::bench::render
