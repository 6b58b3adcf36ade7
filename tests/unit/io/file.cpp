// SPDX-License-Identifier: MIT
#include "nbk/io/file.hpp"
#include "nbk/io/atomic_file.hpp"
#include "nbk/io/distinct_files.hpp"

#include "bench/system/files.hpp"
#include "nbk/core/format_number.hpp"
#include "nbk/io/number_text.hpp"

#include <doctest/doctest.h>

#include <unistd.h>

#include <cstdio>
#include <vector>

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

TEST_CASE("file: a link to a file that is not there yet makes that file") {
  const nbk::bench::system::TemporaryFolder scratch("nbk-test");
  fs::create_directory(scratch.path() / "folder");
  fs::create_symlink("folder/target", scratch.path() / "link");
  fs::create_symlink("link", scratch.path() / "link of link");
  AtomicFile out(scratch.path() / "link of link");
  out.write("new");
  out.commit();
  CHECK(fs::is_symlink(scratch.path() / "link of link"));
  CHECK(fs::is_symlink(scratch.path() / "link"));
  CHECK(read_file(scratch.path() / "folder/target") == "new");
}

TEST_CASE("file: mode and further names of a file outlive its content") {
  const nbk::bench::system::TemporaryFolder scratch("nbk-test");
  const fs::path file = scratch.path() / "file", other = scratch.path() / "other";
  const auto replace = [&](const std::string& text) {
    AtomicFile out(file);
    out.write(text);
    out.commit();
  };
  replace("first");
  fs::permissions(file, fs::perms::owner_read | fs::perms::owner_write);
  replace("second");
  CHECK(fs::status(file).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  fs::create_hard_link(file, other);
  for (const std::string text : {"a longer text than before", "short", ""}) {
    replace(text);
    CHECK(read_file(file) == text);
    CHECK(read_file(other) == text);
  }
  CHECK(fs::hard_link_count(file) == 2);
  CHECK(entries(scratch.path()) == 2);
}

TEST_CASE("file: one that its user may not write is refused and stays as it is") {
  const nbk::bench::system::TemporaryFolder scratch("nbk-test");
  const fs::path file = scratch.path() / "file";
  nbk::bench::system::write_text(file, "old");
  fs::permissions(file, fs::perms::owner_read | fs::perms::group_read | fs::perms::others_read);
  fs::permissions(scratch.path(), fs::perms::all);
  const bool is_root = ::geteuid() == 0;  // who may write everything, until he is somebody else
  constexpr uid_t nobody = 65534;
  if (is_root) REQUIRE(::seteuid(nobody) == 0);
  std::string message;
  try {
    const AtomicFile out(file);
  } catch (const FileError& error) {
    message = error.what();
  }
  if (is_root) REQUIRE(::seteuid(0) == 0);
  CHECK(message.find("file: cannot be written (Permission denied)") != std::string::npos);
  CHECK(read_file(file) == "old");
  CHECK(entries(scratch.path()) == 1);
}

TEST_CASE("file: a name may be as long as names can be") {
  const nbk::bench::system::TemporaryFolder scratch("nbk-test");
  for (const std::size_t length : {230U, 255U}) {
    const fs::path file = scratch.path() / std::string(length, 'n');
    AtomicFile out(file);
    out.write("text");
    out.commit();
    CHECK(read_file(file) == "text");
  }
}

TEST_CASE("files: an output is neither an input nor another output, by whatever name") {
  const nbk::bench::system::TemporaryFolder scratch("nbk-test");
  const fs::path dir = scratch.path();
  nbk::bench::system::write_text(dir / "in", "input");
  fs::create_symlink(dir / "in", dir / "soft");
  fs::create_hard_link(dir / "in", dir / "hard");
  fs::create_symlink(dir, dir / "here");
  fs::create_symlink("new", dir / "dangling");
  using enum FileUse;
  const auto refused = [](const UsedFile& a, const UsedFile& b) {
    const std::vector<UsedFile> files{a, b};
    try {
      require_distinct(files);
      return std::string();
    } catch (const nbk::InvalidInput& error) {
      return std::string(error.what());
    }
  };
  for (const fs::path& name : {dir / "in", dir / "." / "in", dir / "soft", dir / "hard", dir / "here" / "in"}) {
    INFO(name.string());
    CHECK(refused({"-a", dir / "in", input}, {"-b", name, output}).find("-a and -b: ") == 0);
    CHECK(refused({"-a", dir / "in", output}, {"-b", name, output}).find("written twice") != std::string::npos);
    CHECK(refused({"-a", dir / "in", input}, {"-b", name, input}).empty());
  }
  for (const fs::path& name : {dir / "new", dir / "here" / "new", dir / "x" / ".." / "new", dir / "dangling"}) {
    INFO(name.string());
    CHECK_FALSE(refused({"-a", dir / "new", output}, {"-b", name, output}).empty());
  }
  CHECK(refused({"-a", dir / "new", output}, {"-b", dir / "newer", output}).empty());
  CHECK(refused({"-a", "/dev/null", output}, {"-b", "/dev/null", output}).empty());
  CHECK(refused({"-a", dir / "new", output}, {"--json", "-", output}).find("--json -: ") == 0);
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
    CHECK(nbk::format_g(value) == expected);
  }
}
