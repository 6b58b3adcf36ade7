// SPDX-License-Identifier: MIT
// The inventory of a profiled run, as a process.
#include "support/bench_process.hpp"
#include "support/json_schema.hpp"

#include <doctest/doctest.h>

#include <cmath>

namespace {

namespace fs = std::filesystem;
using nbk::bench::system::read_text;
using nbk::test::BenchProcess;
using Json = nlohmann::json;

Json checked(const fs::path& file, const std::string& schema_name) {
  const auto schema = BenchProcess::json(fs::path(NBK_TESTS_DIR) / "../docs/schema" / schema_name);
  auto value = BenchProcess::json(file);
  for (const auto& complaint : nbk::test::schema_complaints(value, schema)) FAIL_CHECK(complaint);
  return value;
}

Json row(const Json& size, const std::string& path) {
  for (const auto& candidate : size["regions"]) {
    if (candidate["path"] == path) return candidate;
  }
  FAIL("no row " << path);
  return nullptr;
}

}  // namespace

TEST_CASE("inventory: a profiled run has one, ranked, complete, with what the kernel did") {
  BenchProcess bench;
  REQUIRE(bench.run({"--sizes", "128", "64", "--profile", "--iterations", "2"}) == 0);
  const auto folder = BenchProcess::runs(bench.out()).at(0);
  const auto inventory = checked(folder / "inventory.json", "inventory.schema.json");
  const auto results = BenchProcess::json(folder / "benchmark_results.json");
  REQUIRE(inventory["sizes"].size() == 2);
  CHECK(inventory["peaks"] == results["peaks"]);
  for (std::size_t i = 0; i < 2; ++i) {
    const auto& size = inventory["sizes"][i];
    double share = 0, last = 1e300;
    for (const auto& region : size["regions"]) {
      share += region["share"].get<double>();
      CHECK(region["cumulative_share"].get<double>() == doctest::Approx(share));
      CHECK(region["time_s"].get<double>() <= last);
      last = region["time_s"].get<double>();
    }
    CHECK(share + size["unexplained_share"].get<double>() == doctest::Approx(1));

    const auto kernel = row(size, "warm > simulation > nbk::spots");
    const auto& record = results["records"][i];
    CHECK(kernel["calls"] == 2);
    CHECK(kernel["source"] == "include/nbk/launch/launch_spots.hpp");
    CHECK(kernel["functor"].get<std::string>().find("Kernel<Square, ConstantF, FirstValue") != std::string::npos);
    CHECK(kernel["pack_width"] == record["pack_width"]);
    CHECK(kernel["evaluations_per_s"].get<double>() * kernel["time_s"].get<double>() ==
          doctest::Approx(2 * record["evaluations"].get<double>()));
    CHECK(kernel["share_of_peak"].get<double>() > 0);
    CHECK(kernel["share_of_bandwidth"].get<double>() > 0);
    CHECK_FALSE(kernel["limit"].get<std::string>().empty());
    // The kernel's time is what the record has, but for the callbacks around it.
    double simulation_s = 0;
    for (const auto& seconds : record["time_warm"]["simulation_s"]["raw"]) simulation_s += seconds.get<double>();
    CHECK(kernel["time_s"].get<double>() <= simulation_s);
    CHECK(row(size, "cold > simulation > nbk::spots")["calls"] == 2);
  }
  const auto text = read_text(folder / "inventory.md");
  CHECK(text.find("explained by no region") != std::string::npos);
  CHECK(text.find("## 128 x 128") != std::string::npos);
}

TEST_CASE("inventory: two runs are compared row by row") {
  BenchProcess bench;
  for (int i = 0; i < 2; ++i) REQUIRE(bench.run({"--sizes", "64", "--profile"}) == 0);
  const auto runs = BenchProcess::runs(bench.out());
  REQUIRE(bench.run_plain({"inventory", runs[0].string(), "--before", runs[1].string()}) == 0);
  CHECK(bench.printed().find("after / before") != std::string::npos);
  const auto comparison = checked(runs[0] / "inventory_comparison.json", "inventory_comparison.schema.json");
  CHECK(comparison["same_machine"] == true);
  bool found = false;
  for (const auto& each : comparison["rows"]) {
    if (each["path"] != "warm > simulation > nbk::spots") continue;
    found = true;
    const double ratio = each["after_s_per_call"].get<double>() / each["before_s_per_call"].get<double>();
    CHECK(each["ratio"].get<double>() == doctest::Approx(ratio));
  }
  CHECK(found);
}

TEST_CASE("inventory: a run without a trace, and no run at all, are one line") {
  BenchProcess bench;
  REQUIRE(bench.run({"--sizes", "32"}) == 0);
  CHECK(bench.run_plain({"inventory", BenchProcess::runs(bench.out()).at(0).string()}) == 1);
  CHECK(bench.printed().find("has no trace; run the main job with --profile") != std::string::npos);
  CHECK(bench.run_plain({"inventory", "nowhere"}) == 2);
  CHECK(bench.printed().find("nowhere") != std::string::npos);
}
