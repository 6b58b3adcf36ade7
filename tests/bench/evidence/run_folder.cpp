// SPDX-License-Identifier: MIT
#include "bench/evidence/run_folder.hpp"

#include "bench/system/files.hpp"
#include "nbk/core/error.hpp"

#include <doctest/doctest.h>

#include <set>
#include <thread>
#include <vector>

namespace {

namespace fs = std::filesystem;
using nbk::bench::evidence::RunFolder;
using nbk::bench::system::TemporaryFolder;

const auto start = std::chrono::system_clock::from_time_t(1704067199);  // 2023-12-31 23:59:59 UTC

}  // namespace

TEST_CASE("run_folder: is named by its UTC start") {
  CHECK(nbk::bench::evidence::utc_stamp(start) == "20231231T235959Z");
  const TemporaryFolder scratch("nbk-test");
  const RunFolder folder(scratch.path() / "deep" / "down", start);
  CHECK(folder.path() == scratch.path() / "deep" / "down" / "20231231T235959Z");
}

TEST_CASE("run_folder: says INCOMPLETE until it is finished") {
  const TemporaryFolder scratch("nbk-test");
  RunFolder folder(scratch.path(), start);
  CHECK(fs::exists(folder.path() / "INCOMPLETE"));
  CHECK(nbk::bench::system::read_text(folder.path() / "summary.md").find("INCOMPLETE") != std::string::npos);
  folder.finish();
  CHECK_FALSE(fs::exists(folder.path() / "INCOMPLETE"));
}

TEST_CASE("run_folder: an early end keeps its marker and says why") {
  const TemporaryFolder scratch("nbk-test");
  RunFolder folder(scratch.path(), start);
  folder.leave_incomplete("somebody pulled the plug");
  CHECK(nbk::bench::system::read_text(folder.path() / "INCOMPLETE") == "somebody pulled the plug\n");
  CHECK(nbk::bench::system::read_text(folder.path() / "summary.md").find("pulled the plug") != std::string::npos);
}

TEST_CASE("run_folder: runs of one second get folders of their own, also once they failed") {
  const TemporaryFolder scratch("nbk-test");
  RunFolder first(scratch.path(), start);
  RunFolder second(scratch.path(), start);
  CHECK(first.path() != second.path());
  nbk::bench::system::write_text(first.path() / "evidence", "first");
  first.fail(true);
  RunFolder third(scratch.path(), start);
  third.fail(false);
  CHECK(first.path() == scratch.path() / "failed" / "20231231T235959Z");
  CHECK(nbk::bench::system::read_text(first.path() / "evidence") == "first");
  CHECK_FALSE(fs::exists(first.path() / "INCOMPLETE"));
  CHECK(third.path().parent_path() == scratch.path() / "failed");
  CHECK(third.path() != first.path());
  CHECK(fs::exists(third.path() / "INCOMPLETE"));
  CHECK(fs::exists(second.path()));
}

TEST_CASE("run_folder: many at once never share one") {
  const TemporaryFolder scratch("nbk-test");
  constexpr std::size_t count = 40;
  std::vector<fs::path> paths(count);
  std::vector<std::thread> threads;
  threads.reserve(count);
  for (auto& path : paths) {
    threads.emplace_back([&] { path = RunFolder(scratch.path(), start).path(); });
  }
  for (auto& thread : threads) thread.join();
  CHECK(std::set<fs::path>(paths.begin(), paths.end()).size() == count);
}

TEST_CASE("run_folder: a place that cannot be written is an error that names it") {
  const TemporaryFolder scratch("nbk-test");
  nbk::bench::system::write_text(scratch.path() / "file", "");
  CHECK_THROWS_WITH_AS(RunFolder(scratch.path() / "file" / "below", start),
                       doctest::Contains("must be a writable folder"), nbk::InvalidInput);
}
