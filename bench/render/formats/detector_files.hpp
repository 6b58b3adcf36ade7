// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"
#include "nbk/scene/scene.hpp"

#include <span>
#include <string>
#include <vector>

namespace nbk::bench::render::formats {

/// Checks that the formats of --nexus and --cbf can have an image, before it is computed.
/// \throws InvalidInput
void require_detector_files(const flags::Command& command, const Scene& scene);

/// Writes one image as --nexus and --cbf ask.
/// \param image  photons, [panel][slow][fast] with image_extents()
/// \return what a person should know about the formats
/// \throws FileError
std::vector<std::string> write_detector_files(const flags::Command& command, const Scene& scene,
                                              std::span<const float> image);

}  // namespace nbk::bench::render::formats
