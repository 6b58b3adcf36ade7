// SPDX-License-Identifier: MIT
#pragma once

#include "bench/background/background_options.hpp"
#include "bench/flags/drop_in_flag.hpp"

#include <vector>

namespace nbk::bench::background {

/// Heading that a flag stands under in the help.
enum class BackgroundGroup { sample, beam, panel, files, extraction, header, program };

/// One row of the table from which the parser, --help and docs/background_cli.md come.
using BackgroundFlag = flags::DropInFlag<BackgroundOptions, BackgroundGroup>;

/// Every flag, in the order in which nonBragg looks for them, then nbk's own.
const std::vector<BackgroundFlag>& background_flag_table();

}  // namespace nbk::bench::background
