// SPDX-License-Identifier: MIT
#include "nbk/io/byte_offset.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <limits>
#include <random>
#include <string>
#include <vector>

namespace {

std::int64_t taken(const std::string& bytes, std::size_t& at, int size) {
  std::uint64_t value = 0;
  for (int i = 0; i < size; ++i) value |= std::uint64_t{static_cast<unsigned char>(bytes.at(at++))} << (8 * i);
  const int unused = 64 - 8 * size;
  return static_cast<std::int64_t>(value << unused) >> unused;
}

/// The format's own description, read backwards.
std::vector<std::int32_t> unpacked(const std::string& bytes) {
  std::vector<std::int32_t> values;
  std::int64_t last = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    std::int64_t difference = taken(bytes, at, 1);
    if (difference == -128)
      difference = taken(bytes, at, 2);
    else {
      values.push_back(static_cast<std::int32_t>(last += difference));
      continue;
    }
    if (difference == -32768) difference = taken(bytes, at, 4);
    if (difference == std::numeric_limits<std::int32_t>::min()) difference = taken(bytes, at, 8);
    values.push_back(static_cast<std::int32_t>(last += difference));
  }
  return values;
}

std::string packed(const std::vector<std::int32_t>& values) { return nbk::io::compress_byte_offset(values); }

}  // namespace

TEST_CASE("byte offset: the bytes of each width, by hand") {
  using namespace std::string_literals;
  CHECK(packed({0, 1, 0, 127, 0}) == "\x00\x01\xff\x7f\x81"s);
  CHECK(packed({128}) == "\x80\x80\x00"s);
  CHECK(packed({-128}) == "\x80\x80\xff"s);
  CHECK(packed({32767}) == "\x80\xff\x7f"s);
  CHECK(packed({-32768}) == "\x80\x00\x80\x00\x80\xff\xff"s);
  CHECK(packed({65535, 65534}) == "\x80\x00\x80\xff\xff\x00\x00\xff"s);
  CHECK(packed({-2147483647, 2147483647}) ==
        "\x80\x00\x80\x01\x00\x00\x80"
        "\x80\x00\x80\x00\x00\x00\x80\xfe\xff\xff\xff\x00\x00\x00\x00"s);
  CHECK(packed({}).empty());
}

TEST_CASE("byte offset: every difference around a change of width comes back") {
  std::vector<std::int32_t> values;
  for (const std::int64_t edge : {std::int64_t{0}, std::int64_t{127}, std::int64_t{32767}, std::int64_t{2147483647}}) {
    for (std::int64_t value = edge - 2; value <= edge + 2; ++value) {
      for (const std::int64_t signed_value : {value, -value, -value - 1}) {
        if (signed_value != static_cast<std::int32_t>(signed_value)) continue;
        values.push_back(static_cast<std::int32_t>(signed_value));
        values.push_back(0);
        values.push_back(-5);
      }
    }
  }
  CHECK(unpacked(packed(values)) == values);
}

TEST_CASE("byte offset: random integers of all sizes come back") {
  std::mt19937 random(7);
  std::vector<std::int32_t> values(20000);
  for (std::int32_t& value : values) value = static_cast<std::int32_t>(random()) >> (random() % 32);
  CHECK(unpacked(packed(values)) == values);
}
