// SPDX-License-Identifier: MIT
#include "bench/jobs/record.hpp"

#include <doctest/doctest.h>

#include <limits>
#include <set>
#include <string>

namespace {

using namespace nbk::bench;

measure::Workload two_by_two() {
  measure::Workload workload;
  workload.name = "main";
  workload.pixels_fast = workload.pixels_slow = 2;
  return workload;
}

jobs::Outcome outcome_with(const char* kind) {
  jobs::Outcome outcome;
  outcome.reference = {{"kind", kind}, {"program", nullptr}, {"program_sha256", nullptr}};
  outcome.reference_time_s = 12;
  for (auto* timings : {&outcome.nbk.cold, &outcome.nbk.warm}) {
    const bool cold = timings == &outcome.nbk.cold;
    timings->setup_s = {cold ? 1.0 : 0.01};
    timings->simulation_s = {cold ? 2.0 : 1.0};
    timings->copy_out_s = {0.5};
    timings->total_s = {cold ? 4.0 : 2.0};
  }
  outcome.nbk.cold_image = {1, 2, 3, 4};
  outcome.nbk.warm_image = {1, 2, 3, 5};
  return outcome;
}

}  // namespace

TEST_CASE("record: both images are compared, each with its own figures") {
  auto outcome = outcome_with("builtin");
  jobs::compare_with({1, 2, 3, 5}, 2, outcome);
  const auto record = jobs::make_record({}, two_by_two(), outcome);
  CHECK(record["parity"]["warm"]["max_abs_diff"] == 0);
  CHECK(record["parity"]["cold"]["max_abs_diff"] == 1);
  CHECK(record["max_abs_diff"] == 1);
  CHECK(record["worst_pixels"].empty());
  CHECK(record["parity"]["cold"]["worst_pixels"][0]["fast"] == 1);
  CHECK(record["parity"]["cold"]["worst_pixels"][0]["slow"] == 1);
  CHECK(record["image"]["cold_equals_warm"] == false);
  CHECK(record["passed"] == false);
  CHECK(jobs::reasons_of(record).size() == 2);  // correlation and sum of the cold image
}

TEST_CASE("record: a ratio to the C program is a speed-up, one to the built-in reference is not") {
  auto outcome = outcome_with("c_program");
  jobs::compare_with({1, 2, 3, 5}, 2, outcome);
  auto record = jobs::make_record({}, two_by_two(), outcome);
  CHECK(record["speedup_cold"] == 3);
  CHECK(record["speedup_warm"] == 6);
  CHECK(record["setup_speedup"] == 100);
  CHECK(record["compat"]["c_time"] == 12);
  outcome.reference["kind"] = "builtin";
  record = jobs::make_record({}, two_by_two(), outcome);
  CHECK(record["speedup_cold"].is_null());
  CHECK(record["speedup_warm"].is_null());
  CHECK(record["compat"]["c_time"].is_null());
  CHECK(record["setup_speedup"] == 100);
}

TEST_CASE("record: the older script's names are all there, and no others") {
  auto outcome = outcome_with("c_program");
  outcome.reference_peak_memory_bytes = 3'000'000;
  outcome.peak_memory_bytes = 5'000'000;
  jobs::compare_with({1, 2, 3, 5}, 2, outcome);
  const auto compat = jobs::make_record({}, two_by_two(), outcome)["compat"];
  const std::set<std::string> names{"size",
                                    "pixels",
                                    "c_time",
                                    "py_time_cold",
                                    "py_time_warm",
                                    "py_setup_cold",
                                    "py_setup_warm",
                                    "py_sim_cold",
                                    "py_sim_warm",
                                    "c_mem",
                                    "py_mem_cold",
                                    "py_mem_warm",
                                    "speedup_cold",
                                    "speedup_warm",
                                    "setup_speedup",
                                    "correlation_cold",
                                    "correlation_warm",
                                    "cache_hit_cold",
                                    "cache_hit_warm"};
  std::set<std::string> seen;
  for (const auto& [name, value] : compat.items()) seen.insert(name);
  CHECK(seen == names);
  CHECK(compat["py_sim_cold"] == 2);
  CHECK(compat["py_setup_warm"] == 0.01);
  CHECK(compat["c_mem"] == 3);
  CHECK(compat["py_mem_warm"] == 5);
  CHECK(compat["cache_hit_cold"] == false);
  CHECK(compat["cache_hit_warm"] == true);
}

TEST_CASE("record: without a reference image there is no parity, and the reason is the record's") {
  auto outcome = outcome_with("c_program");
  outcome.reference_time_s.reset();
  outcome.reference_error = "it hangs";
  const auto record = jobs::make_record({}, two_by_two(), outcome);
  CHECK(record["passed"] == false);
  CHECK(jobs::reasons_of(record) == std::vector<std::string>{"it hangs"});
  CHECK(record["correlation_warm"].is_null());
  CHECK(record["speedup_warm"].is_null());
  CHECK(record["rmse"].is_null());
}

TEST_CASE("record: what is not a number becomes null in the file, and fails") {
  auto outcome = outcome_with("builtin");
  outcome.nbk.warm_image[0] = std::numeric_limits<float>::quiet_NaN();
  jobs::compare_with({1, 2, 3, 5}, 2, outcome);
  const auto record = jobs::make_record({}, two_by_two(), outcome);
  CHECK(record["passed"] == false);
  const auto read_back = Json::parse(record.dump());
  CHECK(read_back["correlation_warm"].is_null());
  CHECK(read_back["max_abs_diff"].is_null());
}

TEST_CASE("record: slow warm set-up fails") {
  auto outcome = outcome_with("builtin");
  outcome.nbk.cold_image = outcome.nbk.warm_image;
  jobs::compare_with({1, 2, 3, 5}, 2, outcome);
  CHECK(jobs::make_record({}, two_by_two(), outcome)["passed"] == true);
  outcome.nbk.warm.setup_s = {0.05};
  const auto why = jobs::reasons_of(jobs::make_record({}, two_by_two(), outcome));
  REQUIRE(why.size() == 1);
  CHECK(why[0].find("warm_setup_ms = 50") == 0);
}
