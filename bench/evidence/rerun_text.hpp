// SPDX-License-Identifier: MIT
#pragma once

#include "bench/evidence/environment.hpp"

#include <string>
#include <vector>

namespace nbk::bench::evidence {

/// Returns words as a shell reads them back, with spaces between them.
std::string shell_text(const std::vector<std::string>& words);

/// Returns the lines that start this program again: folder, settings of the environment, arguments.
std::string rerun_text(const std::vector<std::string>& arguments, const Environment& environment);

}  // namespace nbk::bench::evidence
