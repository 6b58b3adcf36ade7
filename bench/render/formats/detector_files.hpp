// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"
#include "bench/render/formats/describe_image.hpp"
#include "nbk/scene/scene.hpp"

#include <string>
#include <vector>

namespace nbk::bench::render::formats {

/// Checks that the formats of --nexus and --cbf can have an image, before it is computed.
/// \throws InvalidInput
void require_detector_files(const flags::Command& command, const Scene& scene);

/// Writes one image as --nexus and --cbf ask.
/// \return what a person should know about the formats
/// \throws FileError
std::vector<std::string> write_detector_files(const flags::Command& command, const Scene& scene,
                                              const FilePixels& image);

}  // namespace nbk::bench::render::formats
