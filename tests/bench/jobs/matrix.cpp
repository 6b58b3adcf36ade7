// SPDX-License-Identifier: MIT
// The parity matrix as a process.
#include "bench/jobs/matrix.hpp"
#include "bench/kernels/image_in_packs.hpp"
#include "bench/kernels/simulation.hpp"
#include "support/bench_process.hpp"
#include "support/checked_results.hpp"
#include "support/experiments.hpp"
#include "support/places.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>
#include <set>

namespace {

namespace fs = std::filesystem;
using nbk::bench::system::read_text;
using nbk::testing::BenchProcess;

nlohmann::json checked_results(const fs::path& folder) {
  return nbk::testing::checked_results(folder, "matrix_results");
}

}  // namespace

TEST_CASE("matrix: every space, precision and pack width agrees with double and with the reference") {
  BenchProcess bench;
  REQUIRE_MESSAGE(bench.run({"matrix"}) == 0, bench.printed());
  const auto folder = BenchProcess::runs(bench.out()).at(0);
  const auto results = checked_results(folder);
  std::set<std::string> workloads;
  for (const auto& record : results["records"]) workloads.insert(record["workload"]);
  CHECK(workloads.size() == 5);
  std::size_t expected = 0;
  for (const auto& workload : workloads) {
    for (const auto& device : nbk::bench::devices()) {
      for (const auto& dtype : nbk::bench::dtypes()) {
        auto widths = nbk::bench::further_pack_widths(device, dtype);
        const auto simulation = nbk::bench::make_simulation(device, dtype);
        widths.push_back(simulation->pack_width());
        expected += widths.size();
        for (const int width : widths) {
          CAPTURE(workload);
          CAPTURE(device);
          CAPTURE(dtype);
          CAPTURE(width);
          CHECK(std::count_if(results["records"].begin(), results["records"].end(), [&](const nlohmann::json& record) {
                  return record["workload"] == workload && record["device"] == device && record["dtype"] == dtype &&
                         record["pack_width"] == width && record["passed"] == true &&
                         !record["parity_with_reference"].is_null();
                }) == 1);
        }
      }
    }
  }
  CHECK(results["records"].size() == expected);
  // What this build lacks is named.
  const auto& spaces = results["spaces"];
  for (const std::string name : {"Serial", "OpenMP", "Threads", "Cuda", "HIP", "SYCL"}) {
    CHECK(std::count_if(spaces.begin(), spaces.end(), [&](const auto& space) { return space["name"] == name; }) == 1);
  }
  const auto table = read_text(folder / "summary.md");
  CHECK(table.find("matrix-tricubic, float32 on cpu") != std::string::npos);
  for (const auto& space : spaces) {
    if (space["enabled"] == false) {
      CHECK(table.find("- " + space["name"].get<std::string>() + ": not enabled") != std::string::npos);
    }
  }
}

TEST_CASE("matrix: a part of it") {
  BenchProcess bench;
  REQUIRE(bench.run({"matrix", "--device", "cpu", "--dtype", "float32"}) == 0);
  const auto results = checked_results(BenchProcess::runs(bench.out()).at(0));
  for (const auto& record : results["records"]) {
    CHECK(record["device"] == "cpu");
    CHECK(record["dtype"] == "float32");
    CHECK_FALSE(record["parity_with_float64"].is_null());
  }
}

TEST_CASE("matrix: an image that is off fails, and says how") {
  const std::vector<float> good{0, 1, 2, 1, 0, 5};
  const auto reasons = [&](const std::vector<float>& image, const std::string& asked, const std::string& used) {
    nbk::bench::jobs::Record record;
    record.size = 3;
    record.dtype = asked;
    record.setting.dtype = used;
    record.matrix.emplace();
    nbk::bench::jobs::judge_image(record, image, good, good);
    return record.reasons;
  };
  CHECK(reasons(good, "float64", "float64").empty());
  const std::vector<float> last_digits{0, 1, 2, 1, 0, 5.0001F};
  CHECK(reasons(last_digits, "float64", "float64").size() == 2);  // both comparisons
  CHECK(reasons(last_digits, "float32", "float32").empty());
  CHECK(reasons({0, 1.02F, 2, 1, 0, 5}, "float32", "float32").size() == 2);  // one pixel, by 0.4 % of the brightest
  CHECK(reasons({0, 1, 2, 1, 0, std::numeric_limits<float>::quiet_NaN()}, "float64", "float64").size() == 2);
  CHECK(reasons(good, "float64", "mixed").at(0) == "computed as mixed");
  CHECK(reasons({0, 0, 0, 0, 0, 0}, "float64", "float64").back() == "the image is empty");
}

TEST_CASE("matrix: what is not compiled is refused") {
  const auto widths = nbk::bench::further_pack_widths("cpu", "float64");
  if (widths.empty()) {
    MESSAGE("SKIPPED: this compiler's target has no packs");
    CHECK(true);
    return;
  }
  const nbk::bench::system::TemporaryFolder scratch("nbk-test");
  const auto workloads =
      nbk::bench::jobs::matrix_workloads(fs::path(nbk::testing::places::tests) / "../bench/cases", scratch.path());
  const auto square = std::find_if(workloads.begin(), workloads.end(),
                                   [](const auto& workload) { return workload.name == "matrix-square"; });
  REQUIRE(square != workloads.end());
  auto other = square->experiment;
  other.policy = nbk::Policy::corrected;  // a weighting that one F of a square crystal is not compiled with
  CHECK(nbk::testing::begins_with(
      nbk::testing::complaint([&] { nbk::bench::image_in_packs(other, "cpu", "float64", widths[0]); }),
      "kernel_in_packs: "));
  CHECK(nbk::testing::begins_with(
      nbk::testing::complaint([&] { nbk::bench::image_in_packs(square->experiment, "cpu", "float64", 3); }),
      "pack width = 3"));
  CHECK(nbk::testing::begins_with(
      nbk::testing::complaint([&] { nbk::bench::image_in_packs(square->experiment, "vax", "float64", 1); }),
      "device and dtype"));
}

TEST_CASE("matrix: wrong arguments are one line and exit code 2") {
  BenchProcess bench;
  const std::vector<std::string> wrong[]{
      {"matrix", "--dtype", "half"},    {"matrix", "--device", "vax"}, {"matrix", "--threads", "-1"},
      {"matrix", "--threads", "many"},  {"matrix", "stray"},           {"matrix", "--outdir", ""},
      {"matrix", "--outdir", "/proc/x"}};
  for (const auto& arguments : wrong) {
    CAPTURE(arguments[1]);
    CHECK(bench.run_plain(arguments) == 2);
    const auto text = bench.printed();
    CHECK(std::count(text.begin(), text.end(), '\n') == 1);
    CHECK(text.find("nbk-bench: ") == 0);
  }
}
