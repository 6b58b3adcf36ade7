// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace CLI {
class App;
}

namespace nbk::bench {

/// Gives a command its arguments. \return false where only help was asked for; then `help` has it
/// \throws InvalidInput, in one line, for arguments that it does not know
bool parse_command_line(CLI::App& app, std::vector<std::string> arguments, std::string& help);

}  // namespace nbk::bench
