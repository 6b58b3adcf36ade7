// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace nbk::bench::noise {

/// Runs nbk-noise: a float image becomes what a detector makes of it, with the flags and files of noisify.
/// \return 0, 2 for an input that cannot be used, 1 for another failure
int run_noise(const std::vector<std::string>& arguments);

}  // namespace nbk::bench::noise
