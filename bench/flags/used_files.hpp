// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/draft.hpp"
#include "bench/flags/flag_reader.hpp"
#include "nbk/io/distinct_files.hpp"

#include <vector>

namespace nbk::bench::flags {

/// Returns true when the cache of an earlier run is read: it is there, and no list is given.
bool reads_cache(const Draft& draft);

/// Lists every file that the line reads or writes, with the flag that names it.
std::vector<io::UsedFile> used_files(const Draft& draft, const FlagReader& reader);

}  // namespace nbk::bench::flags
