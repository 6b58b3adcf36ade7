// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/experiment.hpp"

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

namespace nbk::testing {

/// Where the images of the C program are, with a README that says how they were made.
std::filesystem::path parity_folder();

/// One image of the C program and the flags it was made with.
struct GoldenCase {
  std::string name;
  std::vector<std::string> args;   ///< as on a command line; paths of input files are absolute
  std::size_t fast = 0, slow = 0;  ///< pixels
  double sum = 0, max = 0;         ///< photons

  Experiment experiment() const;
  std::vector<float> image() const;  ///< [slow][fast], photons
};

/// All images, in the order of cases.json.
/// \throws FileError when the list cannot be read
std::vector<GoldenCase> parity_cases();

/// Reads a file of float32 values in this machine's byte order.
/// \throws FileError when there is no such file, or its size is not that of `count` values
std::vector<float> load_floats(const std::filesystem::path& path, std::size_t count);

/// The bytes of a file. \throws FileError when it cannot be read
std::string load_bytes(const std::filesystem::path& path);

}  // namespace nbk::testing
