// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/drop_in_flag.hpp"
#include "bench/noise/noise_options.hpp"

#include <vector>

namespace nbk::bench::noise {

/// Heading that a flag stands under in the help.
enum class NoiseGroup { files, photons, detector, header, program };

/// One row of the table from which the parser, --help and docs/noise.md come.
using NoiseFlag = flags::DropInFlag<NoiseOptions, NoiseGroup>;

/// Every flag, in the order in which noisify looks for them, then nbk's own.
const std::vector<NoiseFlag>& noise_flag_table();

}  // namespace nbk::bench::noise
