// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/scene/scene.hpp"

#include <string>

namespace nbk::bench::render {

/// Returns a warning with the number of evaluations of an image that may take days, else an empty text.
std::string effort_warning(const Scene& scene);

}  // namespace nbk::bench::render
