// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"
#include "bench/flags/draft.hpp"
#include "bench/flags/flag_reader.hpp"
#include "bench/flags/flags.hpp"

#include <vector>

namespace nbk::bench::flags {

/// Returns remarks about flags that say something about a file which is not given.
/// \throws InvalidInput  two files of structure factors
std::vector<Message> check_crystal_file_flags(const FlagReader& reader, const Draft& draft);

/// Loads the structure factors of --hkl or --coordinates, and the cell where the flags give none. Beam and frame must
/// be final. \throws FileError, InvalidInput
void read_crystal_file(Draft& draft, Command& command, std::vector<Message>& messages);

}  // namespace nbk::bench::flags
