// SPDX-License-Identifier: MIT
#include "bench/system/sha256.hpp"

#include <doctest/doctest.h>

#include <string>
#include <vector>

namespace {

std::string of_text(const std::string& text) {
  return nbk::bench::system::sha256(std::as_bytes(std::span(text.data(), text.size())));
}

}  // namespace

// The examples of FIPS 180-4's test vectors, and lengths on both sides of where the padding needs another block.
TEST_CASE("sha256: published values") {
  CHECK(of_text("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(of_text("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(of_text("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(of_text(std::string(1000000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("sha256: of an image is that of its bytes") {
  const std::vector<float> image{0.0f, 1.0f};
  const std::string bytes("\0\0\0\0\0\0\x80\x3f", 8);
  CHECK(nbk::bench::system::sha256(std::span<const float>(image)) == of_text(bytes));
}
