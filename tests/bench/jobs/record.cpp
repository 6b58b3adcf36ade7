// SPDX-License-Identifier: MIT
#include "bench/jobs/record.hpp"

#include "bench/jobs/results_json.hpp"
#include "bench/jobs/worker_records.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <set>
#include <string>

namespace {

using namespace nbk::bench;
using jobs::record_json;

measure::Parity parity_with(const std::vector<float>& image) {
  return measure::compare(image, std::vector<float>{1, 2, 3, 5}, 2);
}

// A record of the main job whose cold image is off by 1 in the last pixel.
jobs::Record main_record(bool c_program) {
  jobs::Record record;
  record.workload = "main";
  record.size = 2;
  record.pixels = 4;
  jobs::MainPart part;
  if (c_program) part.reference.program = "/bin/true";
  part.reference.time_s = 12;
  part.cold = {{1}, {2}, {0.5}, {4}};
  part.warm = {{0.01}, {1}, {0.5}, {2}};
  part.cold_parity = parity_with({1, 2, 3, 4});
  part.warm_parity = parity_with({1, 2, 3, 5});
  part.cold_hash = "a";
  part.warm_hash = "b";
  record.main = part;
  return record;
}

}  // namespace

TEST_CASE("record: both images are compared, each with its own figures") {
  const auto json = record_json(main_record(false));
  CHECK(json["parity"]["warm"]["max_abs_diff"] == 0);
  CHECK(json["parity"]["cold"]["max_abs_diff"] == 1);
  CHECK(json["max_abs_diff"] == 1);
  CHECK(json["worst_pixels"].empty());
  CHECK(json["parity"]["cold"]["worst_pixels"][0]["fast"] == 1);
  CHECK(json["parity"]["cold"]["worst_pixels"][0]["slow"] == 1);
  CHECK(json["image"]["cold_equals_warm"] == false);
}

TEST_CASE("record: a ratio to the C program is a speed-up, one to the built-in reference is not") {
  auto json = record_json(main_record(true));
  CHECK(json["speedup_cold"] == 3);
  CHECK(json["speedup_warm"] == 6);
  CHECK(json["setup_speedup"] == 100);
  CHECK(json["compat"]["c_time"] == 12);
  CHECK(json["reference"]["kind"] == "c_program");
  json = record_json(main_record(false));
  CHECK(json["speedup_cold"].is_null());
  CHECK(json["speedup_warm"].is_null());
  CHECK(json["compat"]["c_time"].is_null());
  CHECK(json["setup_speedup"] == 100);
  CHECK(json["reference"]["kind"] == "builtin");
}

TEST_CASE("record: the older script's names are all there, and no others") {
  auto record = main_record(true);
  record.main->reference.peak_memory_bytes = 3'000'000;
  record.main->peak_memory_bytes = 5'000'000;
  const auto compat = record_json(record)["compat"];
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

TEST_CASE("record: without a reference image there is no parity") {
  auto record = main_record(true);
  record.main->reference.time_s.reset();
  record.main->reference.error = "it hangs";
  record.main->cold_parity.reset();
  record.main->warm_parity.reset();
  const auto json = record_json(record);
  CHECK(json["reference"]["error"] == "it hangs");
  CHECK(json["correlation_warm"].is_null());
  CHECK(json["speedup_warm"].is_null());
  CHECK(json["rmse"].is_null());
}

TEST_CASE("record: whatever is not a number becomes null in the file") {
  auto record = main_record(false);
  record.main->warm_parity = parity_with({std::numeric_limits<float>::quiet_NaN(), 2, 3, 5});
  const auto read_back = Json::parse(record_json(record).dump());
  CHECK(read_back["correlation_warm"].is_null());
  CHECK(read_back["max_abs_diff"].is_null());
}

TEST_CASE("record: a worker's record arrives as it was, also where it has no numbers") {
  jobs::Record record;
  record.workload = "mosaic";
  record.dtype = "float32";
  record.setting.dtype = "mixed";
  record.setting.evaluations = 1'000'000'000'000;
  record.reasons = {"why"};
  record.with_float64 = parity_with({2, 2, 2, 2});  // an image without contrast
  jobs::SuitePart part;
  part.simulation_s = {0.25, 0.5};
  part.start_up = jobs::StartUp{1, 2, 3, 4, 10};
  part.pairs = {{3, 1, 0.5}};
  part.floor = 2;
  record.suite = part;
  const auto bytes = nlohmann::json::to_cbor(nlohmann::json(std::vector<jobs::Record>{record}));
  const auto same = nlohmann::json::from_cbor(bytes).get<std::vector<jobs::Record>>().at(0);
  CHECK(record_json(same).dump() == record_json(record).dump());
  CHECK(std::isnan(same.with_float64->correlation));
  CHECK(same.suite->start_up->set_up_s == 4);
  CHECK_FALSE(same.suite->with_c_program);
  CHECK(same.suite->pairs.at(0).ratio() == 4);
}

TEST_CASE("record: the C program's floor counts in float32 only, and where it ran") {
  jobs::SuitePart part;
  part.floor = 5;
  CHECK_FALSE(part.reaches_floor("float32"));
  part.pairs = {{3, 1, 0.5}, {4, 1, 0.5}, {11, 1, 0.5}};
  CHECK_FALSE(part.reaches_floor("mixed"));
  CHECK(part.reaches_floor("float32") == true);
  part.floor = 7;
  CHECK(part.reaches_floor("float32") == false);
}
