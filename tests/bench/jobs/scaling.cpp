// SPDX-License-Identifier: MIT
// Scaling as a process, small. bench/reading/scaling.py makes tables of its records.
#include "support/bench_process.hpp"
#include "support/checked_results.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <set>

namespace {

using nbk::testing::BenchProcess;

const BenchProcess::Environment quiet{{"NBK_REAL_DATA", ""}, {"OMP_PROC_BIND", "false"}};

}  // namespace

TEST_CASE("scaling: workloads take turns with one and all threads, points of a line are timed once") {
  BenchProcess bench;
  const int code = bench.run({"scaling", "--tiny", "--only", "main,interpolate,real,linear-1e6,linear-1e7", "--rounds",
                              "2", "--iterations", "2", "--threads", "1,2"},
                             quiet);
  REQUIRE_MESSAGE(code == 0, bench.printed());
  const auto results = nbk::testing::checked_results(BenchProcess::runs(bench.out()).at(0), "scaling_results");
  CHECK(results["schema"] == "nbk scaling results");
  CHECK(results["skipped"].size() == 1);  // real has no data here
  std::multiset<std::string> seen;
  for (const auto& record : results["records"]) {
    seen.insert(record["workload"].get<std::string>() + " " + record["threads"].dump() + " " + record["round"].dump());
    CHECK(record["dtype"] == "float32");
    const auto& start = record["startup"];
    double sum_s = 0;
    for (const char* part : {"to_main_s", "flags_s", "kokkos_s", "set_up_s"}) {
      CHECK(start[part].get<double>() > 0);
      sum_s += start[part].get<double>();
    }
    CHECK(start["total_s"].get<double>() == doctest::Approx(sum_s));
    CHECK(record["startup_s"] == start["total_s"]);
    CHECK(record["setup_cold_s"].get<double>() > 0);
    CHECK(record["memory"]["image_bytes"].get<double>() > 0);
  }
  CHECK(seen == std::multiset<std::string>{"main 1 1", "main 2 1", "main 1 2", "main 2 2", "interpolate 1 1",
                                           "interpolate 2 1", "interpolate 1 2", "interpolate 2 2", "linear-1e6 2 1",
                                           "linear-1e7 2 1"});
}

TEST_CASE("scaling: the line and the domains come by themselves") {
  BenchProcess bench;
  REQUIRE_MESSAGE(bench.run({"scaling", "--tiny", "--rounds", "1", "--iterations", "1", "--threads", "1"}, quiet) == 0,
                  bench.printed());
  const auto results = nbk::testing::checked_results(BenchProcess::runs(bench.out()).at(0), "scaling_results");
  std::map<std::string, double> line;
  std::set<std::string> workloads;
  for (const auto& record : results["records"]) {
    const auto name = record["workload"].get<std::string>();
    workloads.insert(name);
    if (name.starts_with("linear-")) line[name] = record["evaluations"].get<double>();
  }
  for (const char* name : {"main", "mosaic", "domains-1e6", "domains-1e9", "linear-1e6", "linear-1e10"}) {
    CAPTURE(name);
    CHECK(workloads.count(name) == 1);
  }
  CHECK(line.at("linear-1e7") == 2 * line.at("linear-1e6"));
  CHECK(line.at("linear-1e8") == 2 * line.at("linear-1e7"));
}

TEST_CASE("scaling: wrong arguments are one line and exit code 2") {
  BenchProcess bench;
  const std::vector<std::string> wrong[]{{"scaling", "--only", ""},          {"scaling", "--only", "nothing"},
                                         {"scaling", "--threads", "-1"},     {"scaling", "--dtype", "half"},
                                         {"scaling", "--iterations", "0"},   {"scaling", "--rounds", "0"},
                                         {"scaling", "--device", "vax"},     {"scaling", "--cases", "/etc"},
                                         {"scaling", "--outdir", "/proc/x"}, {"worker"}};
  for (const auto& arguments : wrong) {
    CAPTURE(arguments.back());
    CHECK(bench.run_plain(arguments) == 2);
    const auto text = bench.printed();
    CHECK(std::count(text.begin(), text.end(), '\n') == 1);
    CHECK(text.find("nbk-bench: ") == 0);
  }
}
