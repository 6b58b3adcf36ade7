// SPDX-License-Identifier: MIT
// What is left when a run ends at a moment that nobody chose: SIGTERM, SIGKILL, a full disk, two runs at once.
#include "bench/system/stopwatch.hpp"
#include "support/bench_process.hpp"
#include "support/json_schema.hpp"
#include "support/places.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace {

namespace fs = std::filesystem;
using nbk::bench::system::read_text;
using nbk::testing::BenchProcess;

bool is_valid_results(const fs::path& file) {
  const auto schema = BenchProcess::json(fs::path(nbk::testing::places::tests) / "../docs/schema/results.schema.json");
  const auto complaints = nbk::testing::schema_complaints(BenchProcess::json(file), schema);
  for (const auto& complaint : complaints) FAIL_CHECK(complaint);
  return complaints.empty();
}

// A folder is either complete, with a record that says passed or failed, or nobody can take it for that.
void check_folder(const fs::path& folder) {
  CAPTURE(folder.string());
  const auto results = folder / "benchmark_results.json";
  if (fs::exists(results)) CHECK(is_valid_results(results));
  if (folder.filename().string().starts_with(".incomplete-")) return;
  if (fs::exists(folder / "INCOMPLETE")) return;
  REQUIRE(fs::exists(results));
  const auto status = BenchProcess::json(results)["status"].get<std::string>();
  CHECK((status == "passed" || status == "failed"));
  CHECK(fs::file_size(folder / "summary.md") > 0);
}

void check_all(const BenchProcess& bench) {
  for (const auto& run : BenchProcess::runs(bench.out())) check_folder(run);
  for (const auto& run : BenchProcess::runs(bench.out() / "failed")) check_folder(run);
}

// Runs the driver below a shell, which can do to it what a test cannot.
int run_shell(const BenchProcess& bench, const std::string& script) {
  nbk::bench::system::ChildCommand command;
  command.arguments = {"/bin/sh", "-c", script};
  command.environment = {{"NB_C_BIN", ""}, {"OMP_PROC_BIND", "false"}, {"OUT", bench.out().string()}};
  command.folder = bench.scratch();
  command.output = bench.scratch() / "printed";
  command.timeout_s = 120;
  return nbk::bench::system::run_child(command).exit_code;
}

const std::string program = nbk::testing::places::bench_program;

}  // namespace

TEST_CASE("robustness: killed at any moment, a run is complete or plainly marked, and others are left alone") {
  BenchProcess bench;
  REQUIRE(bench.run({"--sizes", "16"}) == 0);
  const auto first = BenchProcess::runs(bench.out()).at(0);
  const auto before = read_text(first / "benchmark_results.json");
  // How long a run takes here, so that the moments are spread over it.
  const nbk::bench::system::Stopwatch watch;
  REQUIRE(bench.run({"--sizes", "64", "32", "--profile", "--keep-artifacts"}) == 0);
  const double whole_s = watch.elapsed_s();
  for (const char* name : {"TERM", "KILL"}) {
    for (int i = 0; i < 8; ++i) {
      const double moment_s = whole_s * (i + 0.5) / 8;
      run_shell(bench, fmt::format("'{}' --sizes 64 32 --profile --keep-artifacts --outdir \"$OUT\" & sleep {:.3f}; "
                                   "kill -{} $! 2>/dev/null; wait $!; true",
                                   program, moment_s, name));
      check_all(bench);
    }
  }
  CHECK(read_text(first / "benchmark_results.json") == before);
}

TEST_CASE("robustness: a disk that is full from some moment on") {
  BenchProcess bench;
  // A limit on the size of files stands for the disk: the image does not fit, the record does.
  const int code = run_shell(bench, fmt::format("trap '' XFSZ; ulimit -f 256; exec '{}' --sizes 16 512 "
                                                "--keep-artifacts --outdir \"$OUT\"",
                                                program));
  CHECK(code == 1);
  CHECK(bench.printed().find("cannot be written") != std::string::npos);
  const auto failed = BenchProcess::runs(bench.out() / "failed");
  REQUIRE(failed.size() == 1);
  check_folder(failed[0]);
  CHECK(fs::exists(failed[0] / "INCOMPLETE"));
  const auto results = BenchProcess::json(failed[0] / "benchmark_results.json");
  CHECK(results["status"] == "failed");
  REQUIRE(results["records"].size() == 1);  // the size that was done before
  CHECK(results["records"][0]["size"] == 16);
  for (const auto& entry : fs::recursive_directory_iterator(failed[0])) {
    CHECK(entry.path().extension() != ".part");
  }
}

TEST_CASE("robustness: a file system without any room left") {
  BenchProcess bench;
  fs::create_directory(bench.out());
  const std::string mount = "mount -t tmpfs -o size=SIZE none \"$OUT\"";
  if (run_shell(bench, "unshare -rm sh -c 'mount -t tmpfs none \"$OUT\"'") != 0) {
    MESSAGE("SKIPPED: this machine lets nobody mount a file system of a few kilobytes");
    CHECK(true);
    return;
  }
  for (const char* size : {"8k", "24k", "60k", "200k"}) {
    CAPTURE(size);
    auto script = "unshare -rm sh -c '" + mount +
                  R"( && "$PROGRAM" --sizes 16 256 --keep-artifacts --outdir "$OUT"; )" +
                  R"(code=$?; cp -r "$OUT" kept; exit $code')";
    script.replace(script.find("SIZE"), 4, size);
    CHECK(run_shell(bench, "PROGRAM='" + program + "' " + script) != 0);
    CHECK(bench.printed().find("cannot") != std::string::npos);
    for (const auto& parent : {bench.scratch() / "kept", bench.scratch() / "kept/failed"}) {
      for (const auto& run : BenchProcess::runs(parent)) {
        check_folder(run);
        // Nothing that did not fit passes.
        CHECK((fs::exists(run / "INCOMPLETE") || run.filename().string().starts_with(".incomplete-")));
      }
    }
    fs::remove_all(bench.scratch() / "kept");
  }
}

TEST_CASE("robustness: runs that start in the same second get folders of their own") {
  BenchProcess bench;
  constexpr int count = 4;
  std::string script;
  for (int i = 0; i < count; ++i) script += fmt::format("'{}' --sizes 16 --threads 1 --outdir \"$OUT\" & ", program);
  CHECK(run_shell(bench, script + "wait") == 0);
  const auto runs = BenchProcess::runs(bench.out());
  CHECK(runs.size() == count);
  for (const auto& run : runs) {
    check_folder(run);
    CHECK_FALSE(fs::exists(run / "INCOMPLETE"));
  }
}
