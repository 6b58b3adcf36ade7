// SPDX-License-Identifier: MIT
// The suite as a process: every workload, small.
#include "support/bench_process.hpp"
#include "support/checked_results.hpp"
#include "support/places.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <set>

namespace {

namespace fs = std::filesystem;
using nbk::testing::BenchProcess;

nlohmann::json checked_results(const fs::path& folder) {
  return nbk::testing::checked_results(folder, "suite_results");
}

const BenchProcess::Environment no_data{{"NBK_REAL_DATA", ""}, {"OMP_PROC_BIND", "false"}};

}  // namespace

TEST_CASE("suite: every workload runs, in every precision, in parity with double") {
  BenchProcess bench;
  REQUIRE_MESSAGE(bench.run({"suite", "--tiny", "--iterations", "1", "--threads", "1"}, no_data) == 0, bench.printed());
  const auto results = checked_results(BenchProcess::runs(bench.out()).at(0));
  std::set<std::string> seen;
  const std::set<std::string> with_derivatives{"gradient",       "gradient-all", "gradient-spectrum",
                                               "gradient-gauss", "adjoint",      "normal"};
  for (const auto& record : results["records"]) {
    seen.insert(record["workload"].get<std::string>() + " " + record["dtype"].get<std::string>());
    CHECK(record["tiny"] == true);
    CHECK(record["time_s"]["median"].get<double>() > 0);
    CHECK(record["arithmetic"]["share_of_peak"].get<double>() > 0);
    CHECK(record["reference"].is_null());
    CHECK(record["parity_with_float64"].is_null() == (record["dtype"] == "float64"));
    const bool differentiated = with_derivatives.count(record["workload"].get<std::string>()) == 1;
    CHECK(record["derivatives"].is_null() != differentiated);
    if (!differentiated) continue;
    CHECK(record["derivatives"]["ratio"]["median"].get<double>() > 0);
    CHECK(record["derivatives"]["within_limit"].is_null() == (record["dtype"] != "float32"));
  }
  for (const std::string name :
       {"main", "mosaic", "gauss", "tophat", "round", "spectrum", "beam", "thick", "interpolate", "gradient",
        "gradient-all", "gradient-spectrum", "gradient-gauss", "adjoint", "normal"}) {
    for (const std::string dtype : {"float32", "mixed", "float64"}) {
      CAPTURE(name);
      CHECK(seen.count(name + " " + dtype) == 1);
    }
  }
}

TEST_CASE("suite: a workload without its data is skipped where everybody sees it") {
  BenchProcess bench;
  REQUIRE(bench.run({"suite", "--tiny", "--iterations", "1", "--threads", "1", "--only", "real"}, no_data) == 0);
  const auto folder = BenchProcess::runs(bench.out()).at(0);
  const auto results = checked_results(folder);
  REQUIRE(results["skipped"].size() == 1);
  CHECK(results["skipped"][0]["workload"] == "real");
  CHECK(nbk::bench::system::read_text(folder / "summary.md").find("skipped: real") != std::string::npos);
}

TEST_CASE("suite: numbers of threads are processes of their own, and give the same bits") {
  BenchProcess bench;
  REQUIRE(
      bench.run({"suite", "--tiny", "--iterations", "2", "--threads", "1,2", "--only", "mosaic", "--dtype", "float32"},
                no_data) == 0);
  const auto records = checked_results(BenchProcess::runs(bench.out()).at(0))["records"];
  REQUIRE(records.size() == 2);
  CHECK(records[0]["threads"] == 1);
  CHECK(records[1]["threads"] == 2);
  CHECK(records[0]["checksum"] == records[1]["checksum"]);
  CHECK(records[0]["time_s"]["raw"].size() == 2);
  CHECK(records[0]["startup_s"].get<double>() > 0);
}

TEST_CASE("suite: takes turns with the C program, with all pixels and with one") {
  BenchProcess bench;
  // An image of zeros, slowly if it has all its pixels; what it was asked for goes to a file.
  const auto calls = (bench.scratch() / "calls").string();
  const auto program = bench.scratch() / "zeros";
  nbk::bench::system::write_text(program, "#!/bin/sh\necho \"$*\" >> " + calls +
                                              "\ncase \"$*\" in *\"-roi 0 0 0 0\"*) ;; *) sleep 0.2;; esac\n"
                                              "while [ \"$1\" != -floatfile ]; do shift; done\n"
                                              "head -c $((40*40*4)) /dev/zero > \"$2\"\n");
  fs::permissions(program, fs::perms::owner_all);
  CHECK(bench.run({"suite", "--tiny", "--iterations", "2", "--threads", "1", "--only", "mosaic", "--dtype", "float32",
                   "--reference", program.string()},
                  no_data) == 1);
  const auto results = checked_results(BenchProcess::runs(bench.out() / "failed").at(0));
  const auto reference = results["records"][0]["reference"];
  REQUIRE(reference["pairs"].size() == 2);
  for (const auto& pair : reference["pairs"]) {
    CHECK(pair["full_s"].get<double>() > 0.2);
    CHECK(pair["one_pixel_s"].get<double>() < pair["full_s"].get<double>());
    const double loop_s = pair["full_s"].get<double>() - pair["one_pixel_s"].get<double>();
    CHECK(pair["ratio"].get<double>() == doctest::Approx(loop_s / pair["nbk_s"].get<double>()));
  }
  // Zeros are no image of a crystal.
  CHECK(results["records"][0]["reasons"][0] == "not in parity with the C program");
  const auto text = nbk::bench::system::read_text(calls);
  CHECK(std::count(text.begin(), text.end(), '\n') == 4);
}

TEST_CASE("suite: a C program that fails does not lose nbk's figures") {
  BenchProcess bench;
  const auto program = bench.stand_in("broken", "exit 5");
  CHECK(bench.run({"suite", "--tiny", "--iterations", "1", "--threads", "1", "--only", "thick", "--reference", program},
                  no_data) == 1);
  const auto results = checked_results(BenchProcess::runs(bench.out() / "failed").at(0));
  REQUIRE(results["records"].size() == 3);
  CHECK(results["records"][0]["time_s"]["median"].get<double>() > 0);
  CHECK(results["records"][0]["reference"]["error"].get<std::string>().find("exit code 5") != std::string::npos);
}

TEST_CASE("suite: a workload that breaks does not lose the others") {
  BenchProcess bench;
  const auto cases = bench.scratch() / "cases";
  fs::create_directory(cases);
  fs::copy_file(fs::path(nbk::testing::places::tests) / "../bench/cases/main.json", cases / "main.json");
  nbk::bench::system::write_text(cases / "bad.json",
                                 R"({"name": "bad", "title": "no such crystal", "floor": null, "tiny": "",
      "flags": "-default_F 100 -cell 100 100 100 180 90 90 -lambda 1 -detpixels 8"})");
  CHECK(bench.run({"suite", "--tiny", "--iterations", "1", "--threads", "1", "--cases", cases.string()}, no_data) == 1);
  const auto results = checked_results(BenchProcess::runs(bench.out() / "failed").at(0));
  CHECK(results["records"].size() == 3);
  REQUIRE(results["reasons"].size() == 1);
  CHECK(results["reasons"][0].get<std::string>().find("bad, 1 threads: exit code") == 0);
}

TEST_CASE("suite: wrong arguments are one line and exit code 2") {
  BenchProcess bench;
  const std::vector<std::string> wrong[]{{"suite", "--only", "nothing"},   {"suite", "--threads", "-1"},
                                         {"suite", "--dtype", "half"},     {"suite", "--iterations", "0"},
                                         {"suite", "--reference", "/etc"}, {"suite", "--device", "vax"},
                                         {"suite", "--unknown"},           {"suite", "stray"},
                                         {"suite", "--only", ""},          {"suite", "--threads", "1,1"},
                                         {"suite", "--outdir", ""},        {"suite", "--dtype", "mixed,mixed"},
                                         {"suite", "--cases", "/etc"},     {"suite", "--rounds", "0"},
                                         {"suite", "--outdir", "/proc/x"}};
  for (const auto& arguments : wrong) {
    CAPTURE(arguments[1]);
    CHECK(bench.run_plain(arguments) == 2);
    const auto text = bench.printed();
    CHECK(std::count(text.begin(), text.end(), '\n') == 1);
    CHECK(text.find("nbk-bench: ") == 0);
  }
}
