// SPDX-License-Identifier: MIT
#pragma once

#include <nbk/model/experiment.hpp>

#include <string_view>
#include <vector>

namespace nbk::truth {

/// Returns the image of an experiment in double: [panel][slow][fast], or the pixels of its runs.
/// \param precision  name of the precision of the kernels
/// \throws InvalidInput
std::vector<double> simulated_image(const Experiment& experiment, std::string_view precision);

}  // namespace nbk::truth
