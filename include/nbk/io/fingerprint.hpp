// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>
#include <type_traits>

namespace nbk::io {

/// Hash of what a result was made from: a run that goes on with earlier results finds out whether they are its own. It
/// finds changes, not forgeries.
/// Source: FNV-1a of 64 bits, by Fowler, Noll and Vo, http://www.isthe.com/chongo/tech/comp/fnv/
class Fingerprint {
 public:
  /// Adds bytes.
  Fingerprint& add(std::span<const std::byte> bytes) {
    for (const std::byte byte : bytes) m_hash = (m_hash ^ std::to_integer<std::uint64_t>(byte)) * 0x100000001b3U;
    return *this;
  }
  /// Adds a text, and its end.
  Fingerprint& add(std::string_view text) {
    add(std::as_bytes(std::span(text)));
    return add(static_cast<std::uint64_t>(text.size()));
  }
  /// Adds a number.
  template <class Number>
  requires std::is_arithmetic_v<Number> || std::is_enum_v<Number> Fingerprint& add(Number number) {
    return add(std::as_bytes(std::span(&number, 1)));
  }
  /// Adds numbers, a word of 8 bytes at a time, and their count.
  Fingerprint& add_numbers(std::span<const double> numbers) {
    for (const double number : numbers) {
      m_hash = (m_hash ^ std::bit_cast<std::uint64_t>(number)) * 0x100000001b3U;
      m_hash ^= m_hash >> 29;
    }
    return add(static_cast<std::uint64_t>(numbers.size()));
  }

  /// Returns the hash, which is never 0.
  std::uint64_t value() const { return m_hash == 0 ? 1 : m_hash; }

 private:
  std::uint64_t m_hash = 0xcbf29ce484222325U;
};

}  // namespace nbk::io
