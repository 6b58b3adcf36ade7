// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/draft.hpp"
#include "bench/flags/flag_reader.hpp"

#include <vector>

namespace nbk::bench::flags {

/// Returns surprises of a line whose experiment has panels, several crystals, listed pixels or a spectrum: flags that
/// do less there than they say. All files must have been read.
std::vector<Message> check_experiment(const FlagReader& reader, const Draft& draft);

}  // namespace nbk::bench::flags
