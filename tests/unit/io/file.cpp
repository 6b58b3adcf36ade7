// SPDX-License-Identifier: MIT
#include "nbk/io/file.hpp"

#include "bench/system/files.hpp"
#include "nbk/io/format_number.hpp"
#include "nbk/io/number_text.hpp"

#include <doctest/doctest.h>

#include <cstdio>

namespace {

namespace fs = std::filesystem;
using namespace nbk::io;
using doctest::Contains;
using nbk::FileError;

std::ptrdiff_t entries(const fs::path& folder) {
  return std::distance(fs::directory_iterator(folder), fs::directory_iterator());
}

}  // namespace

TEST_CASE("file: a file has its name when it is complete, and not before") {
  const nbk::bench::system::TemporaryFolder scratch("nbk-test");
  const fs::path file = scratch.path() / "file";
  {
    AtomicFile out(file);
    out.write("half");
    CHECK_FALSE(fs::exists(file));
    CHECK(entries(scratch.path()) == 1);
  }
  CHECK(entries(scratch.path()) == 0);
  {
    AtomicFile out(file);
    out.write("whole");
    out.commit();
  }
  CHECK(read_file(file) == "whole");
  CHECK(entries(scratch.path()) == 1);
}

TEST_CASE("file: a link keeps pointing where it points, and a device stays one") {
  const nbk::bench::system::TemporaryFolder scratch("nbk-test");
  fs::create_symlink(scratch.path() / "target", scratch.path() / "link");
  nbk::bench::system::write_text(scratch.path() / "target", "old");
  AtomicFile out(scratch.path() / "link");
  out.write("new");
  out.commit();
  CHECK(fs::is_symlink(scratch.path() / "link"));
  CHECK(read_file(scratch.path() / "target") == "new");

  AtomicFile null("/dev/null");
  null.write("gone");
  null.commit();
  CHECK(fs::is_character_file("/dev/null"));
}

TEST_CASE("file: what cannot be written or read is one error with the name") {
  CHECK_THROWS_WITH_AS(AtomicFile("/no/such/folder/file"), Contains("/no/such/folder/file: cannot be written"),
                       FileError);
  CHECK_THROWS_WITH_AS(AtomicFile("/tmp"), Contains("is a folder"), FileError);
  CHECK_THROWS_WITH_AS(AtomicFile(""), Contains("not a file name"), FileError);
  CHECK_THROWS_WITH_AS(read_file("/no/such/file"), Contains("cannot be opened"), FileError);
  CHECK_THROWS_WITH_AS(read_file("/dev/zero", 100), Contains("larger than 100 bytes"), FileError);
  if (fs::exists("/dev/full")) {
    AtomicFile full("/dev/full");
    CHECK_THROWS_WITH_AS(full.write("x"), Contains("/dev/full: cannot be written"), FileError);
  }
}

TEST_CASE("numbers: words and beginnings, as scanf and atof have them") {
  CHECK(to_number<double>("+1.5e3") == 1500);
  CHECK(to_number<int>("-12") == -12);
  CHECK_FALSE(to_number<int>("12.0"));
  CHECK_FALSE(to_number<double>("+-1"));
  CHECK_FALSE(to_number<double>(""));
  CHECK_FALSE(to_number<double>("1x"));
  CHECK(leading_number("  512;") == 512);
  CHECK(leading_number("1e-3mm") == 1e-3);
  CHECK(leading_number("word") == 0);
  CHECK(leading_number("") == 0);
  CHECK(leading_number("-1e999") == -HUGE_VAL);
}

TEST_CASE("numbers: written as printf writes %g") {
  for (const double value :
       {0.0, -0.0, 1.0, 100.0, 0.1, 123456.0, 1234567.0, 1e-4, 1.25e-5, 5.5e22, -98.7654321, 1e300}) {
    char expected[64];
    std::snprintf(expected, sizeof expected, "%g", value);
    CHECK(format_g(value) == expected);
  }
}
