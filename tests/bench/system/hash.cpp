// SPDX-License-Identifier: MIT
#include "bench/system/hash.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

using nbk::bench::system::hash_of;

// Values published with the algorithm.
TEST_CASE("hash: published values") {
  CHECK(hash_of(std::string_view("")) == "cbf29ce484222325");
  CHECK(hash_of(std::string_view("a")) == "af63dc4c8601ec8c");
  CHECK(hash_of(std::string_view("foobar")) == "85944171f73967e8");
}

TEST_CASE("hash: of an image is that of its bytes, and sees the sign of zero") {
  const std::vector<float> image{0.0F, 1.0F}, other{-0.0F, 1.0F};
  const std::string bytes("\0\0\0\0\0\0\x80\x3f", 8);
  CHECK(hash_of(std::span<const float>(image)) == hash_of(std::string_view(bytes)));
  CHECK(hash_of(std::span<const float>(image)) != hash_of(std::span<const float>(other)));
}
