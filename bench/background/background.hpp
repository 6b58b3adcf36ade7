// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace nbk::bench::background {

/// Runs nbk-background: an image of what matter without crystalline order scatters, with the flags and files of
/// nonBragg.
/// \return 0, 2 for an input that cannot be used, 1 for another failure
int run_background(const std::vector<std::string>& arguments);

}  // namespace nbk::bench::background
