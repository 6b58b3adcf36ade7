// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"

#include <zlib.h>

#include <cstddef>
#include <span>
#include <string>
#include <vector>

namespace nbk::io {

/// Returns numbers as the filters shuffle and gzip of HDF5 leave them: first bytes of all numbers first, then zlib's
/// compression. Who includes this links zlib.
/// \param bytes  of the numbers \param number_bytes  of each \param level  1 (fast) to 9 (small)
inline std::vector<std::byte> shuffled_gzip(std::span<const std::byte> bytes, std::size_t number_bytes, int level) {
  const std::size_t count = bytes.size() / number_bytes;
  std::vector<std::byte> shuffled(bytes.size());
  for (std::size_t b = 0; b < number_bytes; ++b) {
    for (std::size_t i = 0; i < count; ++i) shuffled[b * count + i] = bytes[i * number_bytes + b];
  }
  uLongf size = compressBound(static_cast<uLong>(shuffled.size()));
  std::vector<std::byte> packed(size);
  const auto* const from = reinterpret_cast<const Bytef*>(shuffled.data());
  if (compress2(reinterpret_cast<Bytef*>(packed.data()), &size, from, static_cast<uLong>(shuffled.size()), level) !=
      Z_OK) {
    throw InvalidInput("gzip level", std::to_string(level), "must be 1 to 9");
  }
  packed.resize(size);
  return packed;
}

}  // namespace nbk::io
