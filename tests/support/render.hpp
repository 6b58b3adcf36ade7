// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/experiment.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace nbk::testing {

/// The image of an experiment by the library, [slow][fast], photons.
/// \param dtype, device  as bench::make_simulation takes them
std::vector<float> render(const Experiment& experiment, std::string_view dtype, std::string_view device = "cpu");

}  // namespace nbk::testing
