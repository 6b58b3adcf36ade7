// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/flag_reader.hpp"

#include <vector>

namespace nbk::bench::flags {

/// Returns surprises of a line: flags that together do something else than each says.
std::vector<Message> check_flags(const FlagReader& reader, const Draft& draft);

/// Throws InvalidInput where many images would be other ones if the run were stopped and went on.
void require_repeatable(const FlagReader& reader, const Draft& draft);

}  // namespace nbk::bench::flags
