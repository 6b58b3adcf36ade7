// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/image_statistics.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/scene/scene.hpp"

#include <cstdint>
#include <string>

/// \file
/// Text about panels and their pixels.

namespace nbk::bench::render {

/// Returns the number of pixels of the float image: of all panels, or listed ones.
std::int64_t pixels_of(const Scene& scene);

/// Returns lines about a list of panels, one for each, up to a thousand.
std::string panels_text(const Experiment& experiment, const Scene& scene);

/// Returns a line about listed pixels; nothing where all pixels are computed.
std::string listed_text(const Scene& scene);

/// Returns a line about the brightest pixel and its place. With one panel it is the C program's.
std::string brightest_text(const io::ImageStatistics& statistics, const Experiment& experiment, const Scene& scene);

}  // namespace nbk::bench::render
