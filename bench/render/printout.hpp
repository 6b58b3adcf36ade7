// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"
#include "nbk/scene/scene.hpp"

#include <functional>
#include <span>
#include <string>

namespace nbk::bench::render {

/// Calls `show` with the lines that the C program prints about pixels with -printout, a pixel at a time. They come from
/// the independent reference, one evaluation after the other: the kernels keep nothing but sums.
/// \param image  [slow][fast], photons
void show_printout(const flags::Command& command, std::span<const float> image, const Scene& scene,
                   const std::function<void(const std::string&)>& show);

/// Returns a warning: that the printout is long, or that there is none. Empty: nothing to say.
std::string printout_warning(const flags::Command& command, const Scene& scene);

}  // namespace nbk::bench::render
