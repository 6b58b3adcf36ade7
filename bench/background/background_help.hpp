// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace nbk::bench::background {

/// Returns the table of flags as text for a terminal.
std::string background_help_text();

/// Returns the same table as docs/background_cli.md.
std::string background_help_markdown();

}  // namespace nbk::bench::background
