// SPDX-License-Identifier: MIT
// The parity matrix as a process.
#include "bench/jobs/matrix_experiments.hpp"
#include "bench/jobs/matrix_record.hpp"
#include "bench/kernels/image_in_packs.hpp"
#include "bench/kernels/precisions.hpp"
#include "bench/kernels/simulation.hpp"
#include "support/bench_process.hpp"
#include "support/checked_results.hpp"
#include "support/experiments.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <limits>

namespace {

namespace fs = std::filesystem;
using nbk::bench::jobs::MatrixCell;
using nbk::bench::system::read_text;
using nbk::test::BenchProcess;

nlohmann::json checked_results(const fs::path& folder) { return nbk::test::checked_results(folder, "matrix_results"); }

}  // namespace

TEST_CASE("matrix: every space, precision and pack width agrees with double and with the reference") {
  BenchProcess bench;
  REQUIRE_MESSAGE(bench.run({"matrix"}) == 0, bench.printed());
  const auto folder = BenchProcess::runs(bench.out()).at(0);
  const auto results = checked_results(folder);
  CHECK(results["experiments"].size() == 5);
  std::size_t expected = 0;
  for (const auto& experiment : results["experiments"]) {
    for (const auto& device : nbk::bench::devices()) {
      for (const auto& dtype : nbk::bench::dtypes()) {
        auto widths = nbk::bench::further_pack_widths(device, dtype);
        const auto simulation = nbk::bench::make_simulation(device, dtype);
        widths.push_back(simulation->pack_width());
        expected += widths.size();
        for (const int width : widths) {
          CAPTURE(experiment["name"]);
          CAPTURE(device);
          CAPTURE(dtype);
          CAPTURE(width);
          CHECK(std::count_if(results["records"].begin(), results["records"].end(), [&](const nlohmann::json& record) {
                  return record["experiment"] == experiment["name"] && record["device"] == device &&
                         record["dtype"] == dtype && record["pack_width"] == width && record["passed"] == true &&
                         !record["with_reference"].is_null();
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
  const auto table = read_text(folder / "matrix.md");
  CHECK(table.find("| space | precision | pack width | square | round | gauss | tophat | tricubic |") !=
        std::string::npos);
  for (const auto& space : spaces) {
    if (space["enabled"] == false) {
      CHECK(table.find("- " + space["name"].get<std::string>() + ": not enabled") != std::string::npos);
    }
  }
  CHECK(fs::exists(folder / "report.html"));
}

TEST_CASE("matrix: a part of it") {
  BenchProcess bench;
  REQUIRE(bench.run({"matrix", "--device", "cpu", "--dtype", "float32"}) == 0);
  const auto results = checked_results(BenchProcess::runs(bench.out()).at(0));
  for (const auto& record : results["records"]) {
    CHECK(record["device"] == "cpu");
    CHECK(record["dtype"] == "float32");
    CHECK_FALSE(record["with_float64"].is_null());
  }
}

TEST_CASE("matrix: an image that is off fails, and says how") {
  const std::vector<float> good{0, 1, 2, 1, 0, 5};
  const auto reasons = [&](const std::vector<float>& image, const std::string& asked, const std::string& used) {
    const MatrixCell cell{"square", "cpu", asked, used, 1, false, image};
    return nbk::bench::jobs::make_matrix_record(cell, good, good, 3)["reasons"];
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
  const auto experiments = nbk::bench::jobs::matrix_experiments();
  const auto widths = nbk::bench::further_pack_widths("cpu", "float64");
  if (widths.empty()) {
    MESSAGE("SKIPPED: this compiler's target has no packs");
    CHECK(true);
    return;
  }
  auto other = experiments[0].experiment;
  other.policy = nbk::Policy::corrected;  // a weighting that one F of a square crystal is not compiled with
  CHECK(nbk::tests::begins_with(
      nbk::tests::complaint([&] { nbk::bench::image_in_packs(other, "cpu", "float64", widths[0]); }),
      "kernel_in_packs: "));
  CHECK(nbk::tests::begins_with(
      nbk::tests::complaint([&] { nbk::bench::image_in_packs(experiments[0].experiment, "cpu", "float64", 3); }),
      "pack width = 3"));
  CHECK(nbk::tests::begins_with(
      nbk::tests::complaint([&] { nbk::bench::image_in_packs(experiments[0].experiment, "vax", "float64", 1); }),
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
