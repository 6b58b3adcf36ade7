// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

/// \file
/// Frame of a command with flags of its own, as nbk-render and nbk-noise are.

namespace nbk::bench::system {

/// Runs the body of a command, which returns the exit code. An InvalidInput is one line and code 2, any other exception
/// one line and code 1.
/// \param name  of the command, for that line
int run_command(std::string_view name, const std::function<int()>& body);

/// Prints a text that was asked for and nothing else. Returns the exit code.
int print_only(const std::string& text);

/// Returns the name of a command with nbk's version.
std::string named_version(std::string_view command);

/// Returns the clock in seconds with the sign that makes the C programs' generator start anew: their seed.
std::int64_t clock_seed();

}  // namespace nbk::bench::system
