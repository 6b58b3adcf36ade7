// SPDX-License-Identifier: MIT
#pragma once

#include "bench/background/background_options.hpp"
#include "bench/background/background_setup.hpp"
#include "bench/flags/command.hpp"
#include "nbk/io/distinct_files.hpp"

#include <span>
#include <string>
#include <vector>

namespace nbk::bench::background {

/// A command line of nbk-background, understood.
struct BackgroundCommand {
  BackgroundOptions options;
  std::vector<std::string> warnings;    ///< of everything that nonBragg does silently, and of flags without effect
  std::vector<std::string> problems;    ///< those of the warnings that may change the image
  std::vector<io::UsedFile> files;      ///< every file that is read or will be written
  std::vector<flags::TypedFlag> typed;  ///< in the order of their use
};

/// Understands the flags of nonBragg and nbk's own.
/// \param args  the command line without the program's name
/// \throws InvalidInput  a flag or a value that cannot be used, or an output that would replace an input or another
/// output; with --strict also every trap that is a warning without \throws FileError  the image of -img
BackgroundCommand parse_background(std::span<const std::string> args);

/// Returns make_setup() of a command, with the flags that a refusal comes from in its text. \throws InvalidInput
BackgroundSetup make_setup_of(const BackgroundCommand& command);

}  // namespace nbk::bench::background
