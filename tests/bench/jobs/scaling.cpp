// SPDX-License-Identifier: MIT
// The line, threads, start-up, set-up and memory: the arithmetic, and all of it small as a process.
#include "bench/jobs/line_fit.hpp"
#include "bench/jobs/scaling_record.hpp"
#include "support/bench_process.hpp"
#include "support/checked_results.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

namespace {

using nbk::bench::Json;
using nbk::bench::system::read_text;
using nbk::test::BenchProcess;

const BenchProcess::Environment quiet{{"NBK_REAL_DATA", ""}, {"OMP_PROC_BIND", "false"}};

// A suite record as far as it is read.
Json record(double evaluations, double time_s, std::int64_t other_bytes = 0, bool table = false) {
  constexpr std::int64_t image = 64 << 20, tables = 1000, before = 5'000'000;
  return {{"workload", "w"},
          {"dtype_used", "float32"},
          {"threads", 2},
          {"flags", table ? Json{"-hkl", "file"} : Json{"-default_F", "1"}},
          {"evaluations", evaluations},
          {"ns_per_evaluation", 1e9 * time_s / evaluations},
          {"time_s", {{"raw", {time_s}}, {"median", time_s}, {"mad", 0}}},
          {"setup_cold_s", 0.006},
          {"setup_warm_s", {{"raw", {0.001}}, {"median", 0.001}, {"mad", 0}}},
          {"memory",
           {{"before_bytes", before},
            {"peak_bytes", before + image + tables + other_bytes},
            {"image_bytes", image},
            {"table_bytes", tables}}}};
}

Json wanted(const Json& parts, const std::string& name) {
  for (const auto& entry : parts["wanted"]) {
    if (entry["name"].get<std::string>().starts_with(name)) return entry;
  }
  return nullptr;
}

}  // namespace

TEST_CASE("scaling: the exponent of a power law is found") {
  std::vector<nbk::bench::jobs::WorkPoint> points;
  for (const double n : {1e6, 1e7, 3e8}) points.push_back({n, 2e-9 * std::pow(n, 1.25)});
  CHECK(nbk::bench::jobs::fitted_exponent(points) == doctest::Approx(1.25));
  CHECK(nbk::bench::jobs::exponent_between(points[0], points[2]) == doctest::Approx(1.25));
  points.resize(1);
  CHECK(std::isnan(nbk::bench::jobs::fitted_exponent(points)));
}

TEST_CASE("scaling: points of equal work have no exponent") {
  nbk::bench::jobs::ScalingOutcome outcome;
  outcome.line = {record(1e6, 0.001), record(1e6, 0.002)};
  const auto parts = nbk::bench::jobs::scaling_parts(outcome);
  CHECK(parts["line"]["exponent"].is_null());
  CHECK(parts["line"]["points"][1]["exponent_from_last"].is_null());
  CHECK(wanted(parts, "distance of the exponent").is_null());
}

TEST_CASE("scaling: what is wanted is judged by what was measured") {
  nbk::bench::jobs::ScalingOutcome outcome;
  outcome.line = {record(1e8, 0.1), record(1e6, 0.001)};  // any order
  outcome.threads = {{{record(1e6, 0.3), record(1e6, 0.2)}, {record(1e6, 0.1), record(1e6, 0.1)}}};
  outcome.starts = {{0.01, 0.002, 0.01, 0.001, 0.04}, {0.01, 0.002, 0.01, 0.001, 0.07}, {0, 0, 0, 0, 0.02}};
  auto parts = nbk::bench::jobs::scaling_parts(outcome);
  CHECK(parts["line"]["points"][0]["evaluations"] == 1e6);
  CHECK(parts["line"]["points"][1]["exponent_from_last"].get<double>() == doctest::Approx(1));
  CHECK(wanted(parts, "distance of the exponent")["reached"] == true);
  CHECK(wanted(parts, "1 thread / 2, w")["value"].get<double>() == doctest::Approx(2.5));
  CHECK(wanted(parts, "1 thread / 2, w")["reached"] == true);
  CHECK(wanted(parts, "start-up")["value"].get<double>() == doctest::Approx(0.04));
  CHECK(wanted(parts, "first set-up")["reached"] == false);  // 6 ms
  CHECK(wanted(parts, "memory")["value"].get<double>() == doctest::Approx(0));

  outcome.line = {record(1e6, 0.001), record(1e8, 0.2)};
  outcome.threads = {{{record(1e6, 0.15)}, {record(1e6, 0.1, 64 << 20, true)}}};
  outcome.starts = {{0, 0, 0, 0, 0.06}};
  parts = nbk::bench::jobs::scaling_parts(outcome);
  CHECK(wanted(parts, "distance of the exponent")["reached"] == false);
  CHECK(wanted(parts, "1 thread")["reached"] == false);
  CHECK(wanted(parts, "start-up")["reached"] == false);
  CHECK(wanted(parts, "first set-up").is_null());      // a new table is allowed to take its time
  CHECK(wanted(parts, "memory")["reached"] == false);  // a second image
}

TEST_CASE("scaling: all of it, small") {
  BenchProcess bench;
  const int code = bench.run({"scaling", "--tiny", "--only", "main,interpolate,real", "--pairs", "2", "--starts", "2",
                              "--iterations", "2", "--threads", "2", "--largest", "1e8"},
                             quiet);
  REQUIRE_MESSAGE(code == 0, bench.printed());
  const auto folder = BenchProcess::runs(bench.out()).at(0);
  const auto results = nbk::test::checked_results(folder, "scaling_results");
  REQUIRE(results["line"]["points"].size() == 3);
  CHECK(results["line"]["exponent"].is_number());
  CHECK(results["line"]["points"][0]["exponent_from_last"].is_null());
  for (std::size_t i = 1; i < 3; ++i) {
    const auto& points = results["line"]["points"];
    CHECK(points[i]["evaluations"].get<double>() == 2 * points[i - 1]["evaluations"].get<double>());
    CHECK(points[i]["exponent_from_last"].is_number());
  }
  REQUIRE(results["threads"].size() == 2);
  CHECK(results["threads"][0]["pairs"].size() == 2);
  CHECK(results["threads"][0]["threads"] == 2);
  CHECK(results["skipped"].size() == 4);  // real has no data here, three points are larger than was asked
  const auto& start = results["start_up"]["parts"];
  double sum_s = 0;
  for (const char* part : {"to_main_s", "flags_s", "kokkos_s", "set_up_s"}) {
    CHECK(start[part]["raw"].size() == 2);
    CHECK(start[part]["raw"][0].get<double>() > 0);
    sum_s += start[part]["raw"][0].get<double>();
  }
  CHECK(start["total_s"]["raw"][0].get<double>() == doctest::Approx(sum_s));
  CHECK(results["set_up"][0]["has_table"] == false);
  CHECK(results["set_up"][1]["has_table"] == true);
  const auto picture = read_text(folder / "scaling.svg");
  CHECK(picture.find("<svg ") == 0);
  const auto table = read_text(folder / "scaling.md");
  for (const char* heading : {"## Time against", "## Threads", "## Start-up", "## Set-up and memory", "## Wanted"}) {
    CHECK(table.find(heading) != std::string::npos);
  }
  const auto page = read_text(folder / "report.html");
  CHECK(page.find("<svg ") != std::string::npos);
}

TEST_CASE("scaling: wrong arguments are one line and exit code 2") {
  BenchProcess bench;
  const std::vector<std::string> wrong[]{{"scaling", "--only", ""},
                                         {"scaling", "--only", "nothing"},
                                         {"scaling", "--threads", "-1"},
                                         {"scaling", "--dtype", "half"},
                                         {"scaling", "--iterations", "0"},
                                         {"scaling", "--pairs", "0"},
                                         {"scaling", "--starts", "0"},
                                         {"scaling", "--largest", "nan"},
                                         {"scaling", "--largest", "10"},
                                         {"scaling", "--device", "vax"},
                                         {"scaling", "--cases", "/etc"},
                                         {"scaling", "--outdir", "/proc/x"},
                                         {"start-up-worker"}};
  for (const auto& arguments : wrong) {
    CAPTURE(arguments.back());
    CHECK(bench.run_plain(arguments) == 2);
    const auto text = bench.printed();
    CHECK(std::count(text.begin(), text.end(), '\n') == 1);
    CHECK(text.find("nbk-bench: ") == 0);
  }
}
