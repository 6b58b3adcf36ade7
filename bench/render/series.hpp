// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"

namespace nbk::bench::render {

/// Computes the many images of a command, or those of them that are missing, with one plan.
/// \throws InvalidInput \throws FileError
void render_series(const flags::Command& command);

}  // namespace nbk::bench::render
