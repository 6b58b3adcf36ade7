// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <span>
#include <string>

namespace nbk::bench::system {

/// SHA-256 (FIPS 180-4) as 64 hexadecimal digits: the same that `sha256sum` gives for a file of these bytes.
std::string sha256(std::span<const std::byte> bytes);

/// Of an image's float32 values as they lie in memory, and in its file.
inline std::string sha256(std::span<const float> values) { return sha256(std::as_bytes(values)); }

}  // namespace nbk::bench::system
