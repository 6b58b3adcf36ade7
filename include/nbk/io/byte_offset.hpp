// SPDX-License-Identifier: MIT
#pragma once

#include <bit>
#include <cstdint>
#include <limits>
#include <span>
#include <string>

namespace nbk::io {

namespace detail {

/// Appends an integer, least significant byte first.
template <class Integer>
void append_little_endian(std::string& bytes, Integer value) {
  for (std::size_t i = 0; i < sizeof(Integer); ++i) {
    bytes.push_back(static_cast<char>(static_cast<std::uint64_t>(value) >> (8 * i) & 0xffU));
  }
}

/// Returns true if a number fits in an integer and is not its least value, which marks a longer one.
template <class Integer>
constexpr bool fits_unmarked(std::int64_t value) {
  return value > std::numeric_limits<Integer>::min() && value <= std::numeric_limits<Integer>::max();
}

}  // namespace detail

/// Returns integers in the byte-offset compression of CBF files. Each is stored as its difference from the one before
/// it, the first from 0: in 1 byte, or behind a mark in 2, 4 or 8 bytes. A mark is the least value of the shorter form.
/// Source: Ellis & Bernstein, International Tables for Crystallography G (2005), chapter 5.6.
inline std::string compress_byte_offset(std::span<const std::int32_t> values) {
  std::string bytes;
  bytes.reserve(values.size() + values.size() / 8 + 16);
  std::int64_t last = 0;
  for (const std::int32_t value : values) {
    const std::int64_t difference = value - last;
    last = value;
    if (detail::fits_unmarked<std::int8_t>(difference)) {
      bytes.push_back(static_cast<char>(difference));
      continue;
    }
    bytes.push_back('\x80');
    if (detail::fits_unmarked<std::int16_t>(difference)) {
      detail::append_little_endian(bytes, static_cast<std::int16_t>(difference));
      continue;
    }
    detail::append_little_endian(bytes, std::numeric_limits<std::int16_t>::min());
    if (detail::fits_unmarked<std::int32_t>(difference)) {
      detail::append_little_endian(bytes, static_cast<std::int32_t>(difference));
      continue;
    }
    detail::append_little_endian(bytes, std::numeric_limits<std::int32_t>::min());
    detail::append_little_endian(bytes, difference);
  }
  return bytes;
}

}  // namespace nbk::io
