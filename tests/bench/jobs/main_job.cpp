// SPDX-License-Identifier: MIT
// The driver as a process: what a good run leaves.
#include "bench/system/hash.hpp"
#include "support/bench_process.hpp"
#include "support/checked_results.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

namespace {

namespace fs = std::filesystem;
using nbk::testing::BenchProcess;

}  // namespace

TEST_CASE("driver: a run leaves its evidence") {
  BenchProcess bench;
  REQUIRE(bench.run({"--sizes", "64", "32", "--profile", "--keep-artifacts", "--iterations", "3", "--warmup", "1"}) ==
          0);
  const auto runs = BenchProcess::runs(bench.out());
  REQUIRE(runs.size() == 1);
  const auto& folder = runs[0];
  CHECK_FALSE(fs::exists(folder / "INCOMPLETE"));
  CHECK_FALSE(fs::exists(bench.out() / "failed"));
  for (const char* name : {"env.json", "tests.json", "profile_64x64/trace.json", "profile_32x32/trace.json"}) {
    CAPTURE(name);
    CHECK(BenchProcess::json(folder / name).is_object());
  }
  for (const char* name : {"commands.txt", "profile_run.log", "summary.md"}) CHECK(fs::file_size(folder / name) > 0);
  CHECK(nbk::bench::system::read_text(folder / "summary.md").find("# nbk-bench: PASSED") == 0);

  const auto results = nbk::testing::checked_results(folder, "benchmark_results");
  CHECK(results["status"] == "passed");
  REQUIRE(results["records"].size() == 2);
  CHECK(results["records"][0]["size"] == 64);
  CHECK(results["records"][1]["size"] == 32);
  for (const auto& record : results["records"]) {
    for (const char* when : {"time_cold", "time_warm"}) {
      for (const char* part : {"setup_s", "simulation_s", "copy_out_s", "total_s"}) {
        CHECK(record[when][part]["raw"].size() == 3);
        CHECK(record[when][part]["median"].get<double>() > 0);
      }
    }
    for (const auto& name : record["artifacts"]) CHECK(fs::exists(folder / name.get<std::string>()));
  }
}

TEST_CASE("driver: the kept images have the checksums of the record") {
  BenchProcess bench;
  REQUIRE(bench.run({"--sizes", "48", "--keep-artifacts"}) == 0);
  const auto folder = BenchProcess::runs(bench.out()).at(0);
  const auto record = BenchProcess::json(folder / "benchmark_results.json")["records"][0];
  for (const std::string when : {"cold", "warm"}) {
    const auto image = nbk::bench::system::read_floats(folder / ("nbk_" + when + "_48x48.f32"), 48 * 48);
    CHECK(record["image"]["checksum_" + when] == nbk::bench::system::hash_of(std::span<const float>(image)));
  }
  CHECK(record["image"]["cold_equals_warm"] == true);
}

TEST_CASE("driver: every precision is in parity with the built-in reference, and claims no speed-up over it") {
  for (const std::string dtype : {"float32", "float64", "mixed", "df64"}) {
    BenchProcess bench;
    CAPTURE(dtype);
    const bool doubles = dtype == "float64";
    REQUIRE(bench.run({"--sizes", "128", "--dtype", dtype, "--min-correlation", doubles ? "0.999999" : "0.9999",
                       "--max-sum-ratio-error", doubles ? "1e-5" : "1e-3"}) == 0);
    const auto record =
        BenchProcess::json(BenchProcess::runs(bench.out()).at(0) / "benchmark_results.json")["records"][0];
    CHECK(record["dtype"] == dtype);
    CHECK(record["dtype_used"] == dtype);
    CHECK(record["reference"]["kind"] == "builtin");
    CHECK(record["reference"]["time_s"].get<double>() > 0);
    CHECK(record["speedup_cold"].is_null());
    CHECK(record["speedup_warm"].is_null());
    CHECK(record["compat"]["c_time"].is_null());
  }
}

TEST_CASE("driver: the trace has the run's parts as regions, and the kernel inside of them") {
  BenchProcess bench;
  REQUIRE(bench.run({"--sizes", "64", "--profile", "--keep-artifacts"}) == 0);
  const auto folder = BenchProcess::runs(bench.out()).at(0);
  const auto trace = BenchProcess::json(folder / "profile_64x64/trace.json");
  const auto record = BenchProcess::json(folder / "benchmark_results.json")["records"][0];
  CHECK(trace["metadata"] == BenchProcess::json(folder / "env.json"));
  for (const char* region : {"cold", "warm", "set-up", "simulation", "copy-out", "file writing"}) {
    int found = 0;
    for (const auto& event : trace["traceEvents"]) found += event["ph"] == "X" && event["name"] == region ? 1 : 0;
    CAPTURE(region);
    CHECK(found >= 1);
  }
  int kernels = 0, copies = 0;
  for (const auto& event : trace["traceEvents"]) {
    if (event["ph"] != "X") continue;
    if (event["cat"] == "kernel" && event["name"] == "nbk::spots") {
      ++kernels;
      const auto& launch = event["args"];
      CHECK(launch["range"] == "1 x 64 x 64 pixels");
      CHECK(launch["precision"] == record["dtype_used"]);
      CHECK(launch["pack_width"] == record["pack_width"]);
      CHECK(launch["space"] == record["space"]);
      CHECK(launch["evaluations"] == record["evaluations"]);
    }
    if (event["cat"] == "deep_copy" && event["args"]["bytes"] == 64 * 64 * 4) ++copies;
  }
  CHECK(kernels == 2);
  CHECK(copies >= 2);
  // The memory's curve goes up to the image and everything else that is held with it.
  double most_bytes = 0;
  for (const auto& event : trace["traceEvents"]) {
    if (event["ph"] == "C") most_bytes = std::max(most_bytes, event["args"]["bytes"].get<double>());
  }
  CHECK(most_bytes >= 64 * 64 * 4);
  CHECK(most_bytes < 2 * 64 * 64 * 4);
}

TEST_CASE("driver: threads are what was asked for") {
  BenchProcess bench;
  REQUIRE(bench.run({"--sizes", "32", "--threads", "1"}) == 0);
  CHECK(BenchProcess::json(BenchProcess::runs(bench.out()).at(0) / "benchmark_results.json")["records"][0]["threads"] ==
        1);
}

TEST_CASE("driver: without --outdir runs go where NBK_REPORTS says, else below the current folder") {
  BenchProcess bench;
  const auto reports = (bench.scratch() / "elsewhere").string();
  REQUIRE(bench.run_plain({"--sizes", "16"}, {{"NBK_REPORTS", reports}, {"OMP_PROC_BIND", "false"}}) == 0);
  CHECK(BenchProcess::runs(bench.scratch() / "elsewhere/benchmarks").size() == 1);
  REQUIRE(bench.run_plain({"--sizes", "16"}, {{"NBK_REPORTS", ""}, {"OMP_PROC_BIND", "false"}}) == 0);
  CHECK(BenchProcess::runs(bench.scratch() / "reports/benchmarks").size() == 1);
}

TEST_CASE("driver: help names every command") {
  BenchProcess bench;
  REQUIRE(bench.run_plain({"--help"}) == 0);
  const auto help = bench.printed();
  for (const std::string command : {"suite", "matrix", "scaling", "compare"}) {
    CAPTURE(command);
    CHECK(help.find("nbk-bench " + command) != std::string::npos);
    CHECK(bench.run_plain({command, "--help"}) == 0);
    CHECK(bench.printed().find("--help") != std::string::npos);
    CHECK(bench.run_plain({command, "--no-such-flag"}) != 0);
  }
  for (const std::string script : {"inventory", "history", "check", "report"}) {
    CAPTURE(script);
    CHECK(help.find("bench/" + script) != std::string::npos);
    CHECK(bench.run_plain({script, "run"}) == 2);
    CHECK(bench.printed() == "nbk-bench: " + script + " is a command of its own now: bench/" + script + "\n");
  }
}

TEST_CASE("driver: a second run never touches the first") {
  BenchProcess bench;
  REQUIRE(bench.run({"--sizes", "32"}) == 0);
  const auto first = BenchProcess::runs(bench.out()).at(0);
  const auto before = nbk::bench::system::read_text(first / "benchmark_results.json");
  REQUIRE(bench.run({"--sizes", "32"}) == 0);
  CHECK(BenchProcess::runs(bench.out()).size() == 2);
  CHECK(nbk::bench::system::read_text(first / "benchmark_results.json") == before);
}

TEST_CASE("driver: quiet when piped, but for the result") {
  BenchProcess bench;
  REQUIRE(bench.run({"--sizes", "32"}) == 0);
  const auto text = bench.printed();
  CHECK(text.find('\r') == std::string::npos);
  CHECK(text.find('\033') == std::string::npos);
  CHECK(text.find("# nbk-bench: PASSED") == 0);
}

// With OMP_PROC_BIND the driver's own main thread is bound to one core; the program it measures must not be.
TEST_CASE("driver: the reference gets every processor that the driver was given") {
  BenchProcess bench;
  const auto seen = bench.scratch() / "seen";
  const auto program = bench.stand_in("count", "unset OMP_NUM_THREADS; nproc > " + seen.string());
  const auto all = nbk::bench::system::output_of({"/bin/sh", "-c", "unset OMP_NUM_THREADS; nproc"});
  REQUIRE_FALSE(all.empty());
  CHECK(bench.run({"--sizes", "16", "--reference", program}, {{"OMP_PROC_BIND", "spread"}, {"OMP_PLACES", "cores"}}) ==
        1);
  CHECK(nbk::bench::system::read_text(seen) == all);
}
