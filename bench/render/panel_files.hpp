// SPDX-License-Identifier: MIT
#pragma once

#include "bench/flags/command.hpp"

#include <cstddef>
#include <string>

namespace nbk::bench::render {

/// Returns the name of the file of one of several panels: NAME_000.img for NAME.img. The number has at least three
/// digits. One panel keeps the name.
/// \param panel   its number, from 0
/// \param panels  number of panels
std::string panel_file(const std::string& name, std::size_t panel, std::size_t panels);

/// Returns the names of the files of all panels, for a person.
std::string panel_files_text(const std::string& name, std::size_t panels);

/// Finds out whether the files that will be asked for can be written, before there is anything to write.
/// \throws FileError; InvalidInput for the file of a panel that is another file of the command
void require_writable(const flags::Command& command);

}  // namespace nbk::bench::render
