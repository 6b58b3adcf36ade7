// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace nbk::bench::system {

/// Returns the 64-bit FNV-1a hash of bytes as 16 hexadecimal digits. It finds changes, not forgeries.
/// Source: Fowler, Noll, Vo, http://www.isthe.com/chongo/tech/comp/fnv/
inline std::string hash_of(std::span<const std::byte> bytes) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const std::byte byte : bytes) hash = (hash ^ std::to_integer<std::uint64_t>(byte)) * 0x100000001b3U;
  return fmt::format("{:016x}", hash);
}

inline std::string hash_of(std::string_view text) { return hash_of(std::as_bytes(std::span(text))); }

/// Returns the hash of an image's float32 values as they lie in memory and in its file.
inline std::string hash_of(std::span<const float> values) { return hash_of(std::as_bytes(values)); }

}  // namespace nbk::bench::system
