// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/flag_reader.hpp"

#include <vector>

namespace nbk::bench::flags {

/// What the flags of a line, taken together, do other than one might think.
std::vector<Message> check_flags(const FlagReader& reader, const Draft& draft);

}  // namespace nbk::bench::flags
