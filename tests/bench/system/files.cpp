// SPDX-License-Identifier: MIT
#include "bench/system/files.hpp"

#include "nbk/core/error.hpp"
#include "nbk/io/float_image.hpp"

#include <doctest/doctest.h>

namespace {

namespace fs = std::filesystem;
using namespace nbk::bench;

}  // namespace

TEST_CASE("files: what is written is read, and nothing else is left") {
  const system::TemporaryFolder scratch("nbk-test");
  system::write_text(scratch.path() / "text", "hello");
  system::write_text(scratch.path() / "text", "again");
  CHECK(system::read_text(scratch.path() / "text") == "again");
  const std::vector<float> values{1, -2.5f, 3e-30f};
  nbk::io::write_float_image(scratch.path() / "floats", values);
  CHECK(system::read_floats(scratch.path() / "floats", 3) == values);
  CHECK(std::distance(fs::directory_iterator(scratch.path()), fs::directory_iterator()) == 2);
}

TEST_CASE("files: an image of another size is refused") {
  const system::TemporaryFolder scratch("nbk-test");
  system::write_text(scratch.path() / "short", "abcd");
  CHECK_THROWS_WITH_AS(system::read_floats(scratch.path() / "short", 2), doctest::Contains("has 4 bytes"),
                       nbk::FileError);
  CHECK_THROWS_WITH_AS(system::read_floats(scratch.path() / "none", 2), doctest::Contains("no such file"),
                       nbk::FileError);
}

TEST_CASE("files: what cannot be written is an error that names it") {
  CHECK_THROWS_WITH_AS(system::write_text("/no/such/folder/file", "x"), doctest::Contains("/no/such/folder/file"),
                       nbk::FileError);
  // The device is written as it is, and is always full.
  if (fs::exists("/dev/full")) CHECK_THROWS_AS(system::write_text("/dev/full", "x"), nbk::FileError);
}

TEST_CASE("files: the tail of a file") {
  const system::TemporaryFolder scratch("nbk-test");
  system::write_text(scratch.path() / "text", "0123456789");
  CHECK(system::tail_of(scratch.path() / "text", 3) == "789");
  CHECK(system::tail_of(scratch.path() / "text", 30) == "0123456789");
  CHECK(system::tail_of(scratch.path() / "none", 3).empty());
}

TEST_CASE("files: a temporary folder goes with everything in it") {
  fs::path path;
  {
    const system::TemporaryFolder scratch("nbk-test");
    path = scratch.path();
    system::write_text(path / "text", "x");
    CHECK(fs::exists(path / "text"));
  }
  CHECK_FALSE(fs::exists(path));
}
