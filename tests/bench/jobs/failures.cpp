// SPDX-License-Identifier: MIT
// The driver as a process: what goes wrong, and what is left of it.
#include "support/bench_process.hpp"
#include "support/checked_results.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <csignal>
#include <thread>

namespace {

namespace fs = std::filesystem;
using nbk::bench::system::read_text;
using nbk::testing::BenchProcess;

// The folder of the one failed run, which is the only run there is.
fs::path failed_run(const BenchProcess& bench) {
  CHECK(BenchProcess::runs(bench.out()).empty());
  const auto failed = BenchProcess::runs(bench.out() / "failed");
  REQUIRE(failed.size() == 1);
  return failed[0];
}

nlohmann::json checked_results(const fs::path& folder) {
  return nbk::testing::checked_results(folder, "benchmark_results");
}

}  // namespace

TEST_CASE("driver: a gate that fails keeps everything in failed/, with the reason") {
  BenchProcess bench;
  CHECK(bench.run({"--sizes", "32", "--keep-artifacts", "--profile", "--min-correlation", "1.1"}) == 1);
  const auto folder = failed_run(bench);
  CHECK(read_text(folder / "summary.md").find("correlation_warm = ") != std::string::npos);
  const auto results = checked_results(folder);
  CHECK(results["status"] == "failed");
  CHECK(results["records"][0]["passed"] == false);
  for (const char* name : {"env.json", "commands.txt", "tests.json", "profile_run.log", "nbk_warm_32x32.f32",
                           "profile_32x32/trace.json"}) {
    CHECK(fs::exists(folder / name));
  }
  CHECK_FALSE(fs::exists(folder / "INCOMPLETE"));
}

TEST_CASE("driver: a reference with another image fails the run, and its ratio is a speed-up") {
  BenchProcess bench;
  // Pixels 1, 2, 3, ... as one-digit multiples: any image will do that is not the right one.
  const auto program = bench.stand_in("wrong",
                                      "i=0; while [ $i -lt 1024 ]; do printf '\\000\\000\\200\\077'; "
                                      "i=$((i+2)); printf '\\000\\000\\000\\100'; done > \"$image\"");
  CHECK(bench.run({"--sizes", "32", "--reference", program}) == 1);
  const auto record = checked_results(failed_run(bench))["records"][0];
  CHECK(record["reference"]["kind"] == "c_program");
  CHECK(record["speedup_warm"].get<double>() > 0);
  CHECK(record["correlation_warm"].get<double>() < 0.5);
  const auto command = record["reference"]["command"];
  for (const char* flag : {"-nonoise", "-nopgm", "-noprogress", "-floatfile"}) {
    CHECK(std::count(command.begin(), command.end(), flag) == 1);
  }
}

TEST_CASE("driver: a reference that fails fails its size, not the run") {
  const struct {
    const char* script;
    const char* reason;
  } failures[]{{"sleep 30", "no end within 0.3 s"},
               {"echo some last words; exit 7", "exit code 7; it last said: some last words"},
               {"kill -SEGV $$", "signal 11"},
               {"printf abcd > \"$image\"", "has 4 bytes"},
               {"exit 0", "no such file"}};
  for (const auto& failure : failures) {
    BenchProcess bench;
    // Fails the first size only: the working folder's neighbour keeps the count.
    const auto counter = (bench.scratch() / "count").string();
    const auto program = bench.stand_in(
        "broken", fmt::format("if [ -e {0} ]; then head -c 1024 /dev/zero > \"$image\"; exit 0; fi; touch {0}\n{1}",
                              counter, failure.script));
    CAPTURE(failure.script);
    CHECK(bench.run({"--sizes", "32", "16", "--reference", program, "--reference-timeout", "0.3"}) == 1);
    const auto folder = failed_run(bench);
    const auto records = checked_results(folder)["records"];
    REQUIRE(records.size() == 2);
    CHECK(records[0]["reference"]["error"].get<std::string>().find(failure.reason) != std::string::npos);
    CHECK(records[0]["correlation_warm"].is_null());
    CHECK(records[0]["time_warm"]["total_s"]["median"].get<double>() > 0);
    CHECK(records[1]["reference"]["error"].is_null());
    CHECK(read_text(folder / "summary.md").find(failure.reason) != std::string::npos);
  }
}

TEST_CASE("driver: wrong arguments are one line and exit code 2, and leave nothing") {
  BenchProcess bench;
  nbk::bench::system::write_text(bench.scratch() / "file", "");
  const std::vector<std::string> wrong[]{{"--sizes", "0"},
                                         {"--sizes", "ten"},
                                         {"--unknown"},
                                         {"--dtype", "half"},
                                         {"--device", "vax"},
                                         {"--iterations", "0"},
                                         {"--iterations", "1.5"},
                                         {"--iterations", "99999999999"},
                                         {"--min-correlation", "nan"},
                                         {"--outdir", "file/below"},
                                         {"--reference", "/no/such/program"},
                                         {"--outdir", "/dev/null"}};
  for (const auto& arguments : wrong) {
    CAPTURE(arguments[0]);
    CHECK(bench.run_plain(arguments) == 2);
    const auto text = bench.printed();
    CHECK(std::count(text.begin(), text.end(), '\n') == 1);
    CHECK(text.find("nbk-bench: ") == 0);
    CHECK(text.find(arguments[0]) != std::string::npos);
  }
  CHECK_FALSE(fs::exists(bench.scratch() / "reports"));
}

TEST_CASE("driver: a device this build lacks is answered with those it has") {
  BenchProcess bench;
  CHECK(bench.run({"--device", "vax"}) == 2);
  CHECK(bench.printed().find("cpu") != std::string::npos);
}

TEST_CASE("driver: help goes to stdout with exit code 0") {
  BenchProcess bench;
  CHECK(bench.run_plain({"--help"}) == 0);
  CHECK(bench.printed().find("--reference-timeout") != std::string::npos);
}

// A reference that signals the driver, its parent, stands for everything that can end it in the middle.
TEST_CASE("driver: SIGTERM and SIGKILL leave a folder plainly marked incomplete") {
  for (const std::string name : {"TERM", "KILL"}) {
    BenchProcess bench;
    const auto program = bench.stand_in("killer", "kill -" + name + " $PPID; sleep 5");
    CAPTURE(name);
    CHECK(bench.run({"--sizes", "32", "--reference", program}) == -1);
    const auto runs = BenchProcess::runs(bench.out());
    REQUIRE(runs.size() == 1);
    CHECK(fs::exists(runs[0] / "INCOMPLETE"));
    CHECK(read_text(runs[0] / "summary.md").find("INCOMPLETE") != std::string::npos);
    CHECK(checked_results(runs[0])["status"] == "incomplete");
  }
}

TEST_CASE("driver: a crash moves the folder to failed/ with the reason") {
  for (const std::string name : {"SEGV", "ABRT", "FPE"}) {
    BenchProcess bench;
    const auto program = bench.stand_in("crasher", "kill -" + name + " $PPID; sleep 5");
    CAPTURE(name);
    CHECK(bench.run({"--sizes", "32", "--reference", program}) == -1);
    const auto folder = failed_run(bench);
    CHECK(read_text(folder / "summary.md").find("SIG" + name) != std::string::npos);
    CHECK(checked_results(folder)["status"] == "incomplete");
    CHECK(fs::exists(folder / "profile_run.log"));
  }
}
