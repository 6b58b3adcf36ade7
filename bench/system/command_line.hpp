// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

namespace CLI {  // NOLINT(readability-identifier-naming): CLI11's own name
class App;
}

namespace nbk::bench::system {

/// Gives a command its arguments. \return false where only help or the version was asked for; then `help` has it
/// \throws InvalidInput, in one line, for arguments that it does not know
bool parse_command_line(CLI::App& app, std::vector<std::string> arguments, std::string& help);

/// \throws InvalidInput where `flag` is followed by an empty word: CLI11 takes a list of that for a flag not given
void refuse_empty_word(const std::vector<std::string>& arguments, const std::string& flag);

}  // namespace nbk::bench::system
