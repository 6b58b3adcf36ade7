// SPDX-License-Identifier: MIT
#include "nbk/io/adu_image.hpp"

#include "bench/system/files.hpp"
#include "nbk/io/spread_kernel_text.hpp"

#include <doctest/doctest.h>

#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <vector>

namespace {

using nbk::bench::system::read_text;
using nbk::bench::system::TemporaryFolder;

/// The integers of a file behind a header of four bytes.
template <class Integer, class Real>
std::vector<Integer> written(const std::vector<Real>& adu, const nbk::io::RenderedArea& area) {
  const TemporaryFolder scratch("nbk-test");
  nbk::io::write_adu_image<Integer>(scratch.path() / "file", "head", std::span<const Real>(adu), area, {});
  const std::string bytes = read_text(scratch.path() / "file");
  REQUIRE(bytes.starts_with("head"));
  std::vector<Integer> integers((bytes.size() - 4) / sizeof(Integer));
  std::memcpy(integers.data(), bytes.data() + 4, integers.size() * sizeof(Integer));
  return integers;
}

std::string error_of_kernel(const std::string& text) {
  try {
    nbk::io::parse_spread_kernel(text, "k");
  } catch (const nbk::FileError& error) {
    return error.what();
  }
  return {};
}

}  // namespace

TEST_CASE("adu image: floats and doubles become integers by the rule, 0 outside the window") {
  const std::vector<float> adu{-1.5F, 0.5F, 2.4F, 70000, 1, 2, 3, 4};
  CHECK(written<std::uint16_t>(adu, {4, 2, {0, 3, 0, 1}}) == std::vector<std::uint16_t>{0, 1, 2, 65535, 1, 2, 3, 4});
  CHECK(written<std::int32_t>(adu, {4, 2, {0, 3, 0, 1}}) == std::vector<std::int32_t>{-1, 1, 2, 70000, 1, 2, 3, 4});
  CHECK(written<std::uint16_t>(adu, {4, 2, {1, 2, 1, 1}}) == std::vector<std::uint16_t>{0, 0, 0, 0, 0, 2, 3, 0});
  CHECK(written<std::int32_t>(std::vector<double>{1e9 + 0.5}, {1, 1, {0, 0, 0, 0}}) == std::vector{1000000001});
  CHECK_THROWS_AS(written<std::uint16_t>(adu, {4, 3, {0, 3, 0, 2}}), nbk::InvalidInput);
}

TEST_CASE("spread kernel text: a square of numbers, with comments") {
  CHECK(nbk::io::parse_spread_kernel("# mine\n1 2 3\n\n4 5e0 6 # row\n7\t8 9", "k") ==
        std::vector<double>{1, 2, 3, 4, 5, 6, 7, 8, 9});
  CHECK(nbk::io::parse_spread_kernel("2\n", "k") == std::vector<double>{2});
  for (const char* text :
       {"", "1 2\n3 4\n", "1 2 3\n4 5 6\n", "1 2 3\n4 5\n7 8 9\n", "1 -1 1\n1 1 1\n1 1 1\n", "nan", "x"}) {
    CAPTURE(text);
    CHECK(error_of_kernel(text).starts_with("k: "));
  }
  CHECK(error_of_kernel("# mine\n\n1 2 3\n4 5\n7 8 9\n") == "k: line 4: has 2 numbers, the first row 3");
  CHECK(error_of_kernel("# mine\n1 x 1") == "k: line 2: \"x\" is no number >= 0");
}
