// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"
#include "nbk/scene/scene.hpp"

#include <cstddef>
#include <span>
#include <vector>

namespace nbk::bench::render {

/// Figures of what a detector recorded.
struct DetectorFigures {
  double photons = 0;         ///< of all pixels that count: what lies above the offset, over the gain
  std::size_t saturated = 0;  ///< pixels at or beyond the largest value
};

/// Returns what a response makes of photons, in detector units. Masked pixels have the mark of bad ones.
/// \param detector  of the scene
/// \param image     photons, [panel][slow][fast] with image_extents()
/// \return of the same extents \throws InvalidInput  pixels that are no photons
std::vector<double> detector_image(const Detector& detector, const Response& response, const Scene& scene,
                                   std::span<const float> image);

/// Writes it as SMV files, one a panel. \param adu  detector_image()
/// \throws FileError
DetectorFigures write_detector_image(const flags::Command& command, const Scene& scene, std::span<const double> adu);

}  // namespace nbk::bench::render
