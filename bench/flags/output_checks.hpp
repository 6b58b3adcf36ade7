// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/draft.hpp"
#include "bench/flags/flag_reader.hpp"

#include <vector>

namespace nbk::bench::flags {

/// Returns what a line says of its outputs that contradicts itself: scales that are none, offsets and values of a
/// response outside of the integers, files that another flag leaves out. All files must have been read.
std::vector<Message> check_outputs(const FlagReader& reader, const Draft& draft);

}  // namespace nbk::bench::flags
