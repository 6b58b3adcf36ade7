// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace nbk::bench::noise {

/// Returns the table of flags as text for a terminal.
std::string noise_help_text();

/// Returns the same table as docs/noise.md.
std::string noise_help_markdown();

}  // namespace nbk::bench::noise
