// SPDX-License-Identifier: MIT
#pragma once

#include "bench/system/json.hpp"

#include <string>
#include <vector>

namespace nbk::bench::system {

/// A word as a shell reads it back.
std::string shell_quoted(const std::string& word);

/// How to start this very program again: folder, settings of the environment, arguments.
std::string rerun_text(const std::vector<std::string>& arguments, const Json& environment);

}  // namespace nbk::bench::system
