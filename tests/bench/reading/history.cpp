// SPDX-License-Identifier: MIT
// Runs over commits, and slower or only noise, as processes.
#include "bench/system/stopwatch.hpp"
#include "support/bench_process.hpp"

#include <doctest/doctest.h>
#include <fmt/format.h>

namespace {

namespace fs = std::filesystem;
using nbk::bench::system::read_text;
using nbk::bench::system::write_text;
using nbk::test::BenchProcess;
using Json = nlohmann::json;

Json statistics(const std::vector<double>& seconds) { return {{"raw", seconds}, {"median", 0}, {"mad", 0}}; }

// A run's folder with a record as a real one has it, as far as it is read.
void make_run(const fs::path& folder, const std::string& started, const std::vector<double>& seconds,
              const std::string& fingerprint = "machine-a", bool passed = true) {
  fs::create_directories(folder);
  const Json record{{"workload", "main"},
                    {"size", 64},
                    {"dtype", "float32"},
                    {"space", "OpenMP"},
                    {"threads", 2},
                    {"passed", passed},
                    {"time_warm", {{"simulation_s", statistics(seconds)}, {"setup_s", statistics({0.001})}}},
                    {"correlation_warm", 0.999999},
                    {"parity", {{"warm", {{"max_abs_diff", 0.5}}}}}};
  const Json results{{"status", passed ? "passed" : "failed"},
                     {"started", started},
                     {"fingerprint", fingerprint},
                     {"git", {{"commit", "c0ffee" + started}, {"dirty", false}}},
                     {"records", {record}}};
  write_text(folder / "benchmark_results.json", results.dump());
}

std::string stamp(int number) { return fmt::format("20240101T{:06}Z", number); }

int count(const std::string& text, const std::string& what) {
  int found = 0;
  for (auto at = text.find(what); at != std::string::npos; at = text.find(what, at + 1)) ++found;
  return found;
}

}  // namespace

TEST_CASE("history: real runs become a table and a picture; failed ones are there, incomplete ones are counted") {
  BenchProcess bench;
  REQUIRE(bench.run({"--sizes", "32", "16"}) == 0);
  REQUIRE(bench.run({"--sizes", "32", "--min-correlation", "1.1"}) == 1);
  fs::create_directories(bench.out() / "20240101T000000Z");
  write_text(bench.out() / "20240101T000000Z" / "INCOMPLETE", "");
  REQUIRE_MESSAGE(bench.run_plain({"history", bench.out().string(), "--output", "here"}) == 0, bench.printed());
  const auto text = read_text(bench.scratch() / "here/history.md");
  CHECK(text.find("3 runs, 1 of them incomplete") != std::string::npos);
  CHECK(count(text, "| main 32 x 32, float32") == 2);
  CHECK(count(text, "| main 16 x 16, float32") == 1);
  CHECK(count(text, "**FAILED**") == 1);
  const auto svg = read_text(bench.scratch() / "here/history.svg");
  CHECK(svg.find("<svg ") == 0);
  CHECK(count(svg, "<circle ") == 6);  // time and parity of three records
  CHECK(count(svg, "class=\"bad\"") == 2);
  CHECK(count(svg, "machine ") == 2);
}

TEST_CASE("history: machines are kept apart, and a record that is none is named") {
  BenchProcess bench;
  make_run(bench.out() / "a", stamp(1), {1, 2, 3});
  make_run(bench.out() / "b", stamp(2), {1, 2, 3}, "machine-b");
  REQUIRE(bench.run_plain({"history", bench.out().string()}) == 0);
  CHECK(bench.printed().find("2 series") != std::string::npos);
  write_text(bench.out() / "b" / "benchmark_results.json", "{}");
  CHECK(bench.run_plain({"history", bench.out().string()}) == 1);
  CHECK(bench.printed().find("b/benchmark_results.json") != std::string::npos);
}

TEST_CASE("history: a thousand runs in a folder are listed in seconds") {
  BenchProcess bench;
  for (int i = 0; i < 1000; ++i) make_run(bench.out() / stamp(i), stamp(i), std::vector<double>(20, 0.01));
  const nbk::bench::system::Stopwatch watch;
  REQUIRE(bench.run_plain({"history", bench.out().string()}) == 0);
  CHECK(watch.elapsed_s() < 20);
  CHECK(bench.printed().find("1000 runs") != std::string::npos);
  // and a new run finds its place among them at once
  REQUIRE(bench.run({"--sizes", "16"}) == 0);
}

TEST_CASE("history, check: what cannot be used is one line") {
  BenchProcess bench;
  make_run(bench.out() / "a", stamp(1), {1, 2, 3});
  CHECK(bench.run_plain({"history", bench.out().string(), "--output", "/dev/null/x"}) == 2);
  CHECK(bench.printed().find("nbk-bench: --output = /dev/null/x") == 0);
  CHECK(bench.run_plain({"check", "/bin/true", "/bin/true", "--outdir", (bench.scratch() / "runs").string()}) == 1);
  CHECK(bench.printed().find("nbk-bench: /bin/true: has left no run") == 0);
}

TEST_CASE("check: slower, the same and undecided, from folders of runs") {
  BenchProcess bench;
  const auto make = [&](const std::string& name, double factor, double noise) {
    for (int i = 0; i < 8; ++i) {
      make_run(bench.out() / name / stamp(i), stamp(i), {factor * (1 + noise * (i % 3 - 1))});
    }
    return (bench.out() / name).string();
  };
  const auto base = make("base", 1, 0.01), same = make("same", 1, 0.01), slow = make("slow", 1.2, 0.01),
             noisy = make("noisy", 1.01, 0.5), fast = make("fast", 0.5, 0.01);
  CHECK(bench.run_plain({"check", base, same}) == 0);
  CHECK(bench.printed().find("the same") != std::string::npos);
  CHECK(bench.run_plain({"check", base, slow}) == 1);
  CHECK(bench.printed().find("NEW / BASE = 1.2000") != std::string::npos);
  CHECK(bench.printed().find("SLOWER") != std::string::npos);
  CHECK(bench.run_plain({"check", base, slow, "--tolerance", "0.3"}) == 0);
  CHECK(bench.run_plain({"check", base, noisy}) == 0);
  CHECK(bench.printed().find("not decided") != std::string::npos);
  CHECK(bench.run_plain({"check", base, fast}) == 0);
  CHECK(bench.printed().find("faster") != std::string::npos);
}

TEST_CASE("check: two single runs are judged by their repetitions; too few of them, or other machines, are not") {
  BenchProcess bench;
  make_run(bench.out() / "base", stamp(1), {1, 1.01, 0.99, 1, 1});
  make_run(bench.out() / "slow", stamp(2), {1.5, 1.51, 1.49, 1.5, 1.5});
  make_run(bench.out() / "few", stamp(3), {1, 1});
  make_run(bench.out() / "other", stamp(4), {1, 1.01, 0.99, 1, 1}, "machine-b");
  make_run(bench.out() / "broken", stamp(5), {1, 1.01, 0.99, 1, 1}, "machine-a", false);
  const auto path = [&](const char* name) { return (bench.out() / name).string(); };
  CHECK(bench.run_plain({"check", path("base"), path("slow")}) == 1);
  CHECK(bench.run_plain({"check", path("base"), path("few")}) == 3);
  CHECK(bench.run_plain({"check", path("base"), path("other")}) == 2);
  CHECK(bench.printed().find("--other-machine") != std::string::npos);
  CHECK(bench.run_plain({"check", path("base"), path("other"), "--other-machine"}) == 0);
  CHECK(bench.run_plain({"check", path("base"), path("broken")}) == 1);
  CHECK(bench.printed().find("FAILED") != std::string::npos);
}

TEST_CASE("check: two programs are run in turn") {
  BenchProcess bench;
  const std::string program = NBK_BENCH_PROGRAM;
  const int code = bench.run_plain({"check", program, program, "--pairs", "5", "--tolerance", "1000", "--outdir",
                                    bench.out().string(), "--arguments", "--sizes", "32", "16"});
  REQUIRE_MESSAGE(code == 0, bench.printed());
  CHECK(count(bench.printed(), "5 and 5 runs in turn") == 2);
  const auto folder = BenchProcess::runs(bench.out()).at(0);
  CHECK(BenchProcess::runs(folder / "base").size() == 5);
  CHECK(BenchProcess::runs(folder / "new").size() == 5);
}
