// SPDX-License-Identifier: MIT
#pragma once

#include <string>

namespace nbk::bench::flags {

/// The table of flags as text for a terminal.
std::string help_text();

/// The same table as docs/cli.md.
std::string help_markdown();

}  // namespace nbk::bench::flags
