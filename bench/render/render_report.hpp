// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"
#include "nbk/scene/scene.hpp"

#include <string>

/// \file
/// Text that nbk-render prints, in the words that scripts around the C program look for.

namespace nbk::bench::render {

/// Convention, pivot, cell and matrices, crystal size, oversampling.
std::string report_crystal(const flags::Command& command, const Scene& scene);

/// Layers, phi steps, divergence, wavelengths, sources, domains.
std::string report_sampling(const flags::Command& command, const Scene& scene);

/// The block of parameters that the C program prints before it begins.
std::string report_parameters(const flags::Command& command, const Scene& scene);

}  // namespace nbk::bench::render
