// SPDX-License-Identifier: MIT
#pragma once

#include "bench/noise/noise_options.hpp"
#include "nbk/io/distinct_files.hpp"

#include <span>
#include <string>
#include <vector>

namespace nbk::bench::noise {

/// A command line of nbk-noise, understood.
struct NoiseCommand {
  NoiseOptions options;
  std::vector<std::string> warnings;  ///< of everything that noisify does silently, and of flags without effect
  std::vector<std::string> problems;  ///< those of the warnings that may change the image
  std::vector<io::UsedFile> files;    ///< every file that is read or will be written
};

/// Understands the flags of noisify and nbk's own.
/// \param args  the command line without the program's name
/// \throws InvalidInput  a flag or a value that cannot be used, or an output that would replace an input or another
/// output; with --strict also every trap that is a warning without
NoiseCommand parse_noise(std::span<const std::string> args);

}  // namespace nbk::bench::noise
