// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"
#include "nbk/scene/scene.hpp"

#include <memory>
#include <span>

namespace nbk::bench::render {

/// Prepares an experiment for --spot-scale: scale_and_add() multiplies the whole image, so materials become that much
/// less. \throws InvalidInput  the experiment has water that cannot be taken out of the scale
void prepare_spot_scale(flags::Command& command);

/// Checks the size of the files of --add, before anything is computed.
/// \throws FileError \throws InvalidInput  a file with another number of pixels than the image
void require_added(const flags::Command& command, const Scene& scene);

/// Multiplies an image by --spot-scale and adds the images of --add, with sums in double. `compat` rounds scales and
/// sums to float at each file, as a chain of the C program float_add does.
/// \param image   of the scene, padded as image_extents() says, or listed pixels
/// \param memory  of the result where the image itself cannot be written
/// \return the image itself where there is nothing to do
/// \throws FileError \throws InvalidInput  as require_added()
std::span<const float> scale_and_add(const flags::Command& command, const Scene& scene, std::span<const float> image,
                                     std::unique_ptr<float[]>& memory);

}  // namespace nbk::bench::render
