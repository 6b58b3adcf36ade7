// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/atomic_file.hpp"
#include "nbk/io/file.hpp"

#include <cstring>
#include <span>
#include <vector>

namespace nbk::io {

/// Writes an image as native 4-byte floats without a header, [slow][fast]. \throws FileError
inline void write_float_image(const std::filesystem::path& file, std::span<const float> image) {
  AtomicFile out(file);
  out.write(image.data(), image.size_bytes());
  out.commit();
}

/// Reads such an image. \throws FileError  it does not hold a whole number of floats, or none
inline std::vector<float> read_float_image(const std::filesystem::path& file) {
  const std::string bytes = read_file(file);
  if (bytes.empty() || bytes.size() % sizeof(float) != 0) {
    fail(file, "is not an image of 4-byte floats: " + std::to_string(bytes.size()) + " bytes");
  }
  std::vector<float> image(bytes.size() / sizeof(float));
  std::memcpy(image.data(), bytes.data(), bytes.size());
  return image;
}

}  // namespace nbk::io
