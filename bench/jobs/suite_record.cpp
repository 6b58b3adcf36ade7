// SPDX-License-Identifier: MIT
#include "bench/jobs/suite_record.hpp"

#include "bench/jobs/record.hpp"
#include "bench/measure/precision_bounds.hpp"
#include "bench/measure/statistics.hpp"

namespace nbk::bench::jobs {
namespace {

Json parity_of(const std::optional<measure::Parity>& parity) {
  if (!parity) return nullptr;
  return {{"correlation", parity->correlation},
          {"sum_ratio", parity->sum_ratio},
          {"rmse", parity->rmse},
          {"max_abs_diff", parity->max_abs_difference},
          {"max_relative_diff", parity->relative_difference()}};
}

Json bytes_or_null(std::uint64_t bytes) { return bytes > 0 ? Json(bytes) : Json(nullptr); }

Json arithmetic_of(const SuiteOutcome& outcome, double time_s, const measure::Peaks& peaks) {
  const auto samples = static_cast<double>(outcome.setting.samples);
  const auto evaluations = static_cast<double>(outcome.setting.evaluations);
  const double operations = evaluations * outcome.arithmetic.per_evaluation + samples * outcome.arithmetic.per_sample;
  const double peak = outcome.setting.dtype == "float64" ? peaks.double_flops_per_s : peaks.float_flops_per_s;
  return {{"per_evaluation", operations / evaluations},
          {"operations_per_s", operations / time_s},
          {"share_of_peak", operations / time_s / peak}};
}

// What has to cross the memory bus at least: the image is written once, the tables are read once.
Json traffic_of(const measure::Workload& workload, const measure::Setting& setting, double time_s,
                const measure::Peaks& peaks) {
  const auto bytes = static_cast<double>(workload.pixels() * sizeof(float) + setting.table_bytes);
  return {{"bytes", bytes},
          {"bytes_per_s", bytes / time_s},
          {"share_of_bandwidth", bytes / time_s / peaks.store_bytes_per_s}};
}

Json reference_of(const SuiteCase& suite_case, const SuiteOutcome& outcome) {
  if (outcome.pairs.empty() && outcome.error.empty()) return nullptr;
  Json pairs = Json::array();
  std::vector<double> ratios;
  for (const auto& pair : outcome.pairs) {
    ratios.push_back(pair.ratio());
    pairs.push_back(
        {{"full_s", pair.full_s}, {"one_pixel_s", pair.one_pixel_s}, {"nbk_s", pair.nbk_s}, {"ratio", pair.ratio()}});
  }
  const bool counts = suite_case.floor && outcome.dtype == "float32" && !ratios.empty();
  return {{"pairs", pairs},
          {"ratio", statistics_of(ratios)},
          {"floor", suite_case.floor ? Json(*suite_case.floor) : Json(nullptr)},
          {"reaches_floor", counts ? Json(measure::median(ratios) >= *suite_case.floor) : Json(nullptr)},
          {"parity", parity_of(outcome.with_c_program)},
          {"error", outcome.error.empty() ? Json(nullptr) : Json(outcome.error)}};
}

Json reasons_for(const SuiteOutcome& outcome) {
  Json reasons = Json::array();
  const auto bounds = measure::bounds_of(outcome.dtype);
  if (outcome.with_double && !measure::agree(*outcome.with_double, bounds))
    reasons.push_back("not in parity with float64");
  if (outcome.with_c_program && !measure::agree(*outcome.with_c_program, bounds)) {
    reasons.push_back("not in parity with the C program");
  }
  if (!outcome.error.empty()) reasons.push_back(outcome.error);
  return reasons;
}

}  // namespace

Json make_suite_record(const SuiteCase& suite_case, const measure::Workload& workload, const SuiteOutcome& outcome,
                       const measure::Peaks& peaks, bool tiny) {
  const auto& nbk = outcome.setting;
  const double time_s = measure::median(outcome.simulation_s);
  const auto reasons = reasons_for(outcome);
  Json record{{"workload", suite_case.name},  {"title", suite_case.title}, {"tiny", tiny},
              {"flags", workload.flags},      {"dtype", outcome.dtype},    {"dtype_used", nbk.dtype},
              {"space", nbk.space},           {"threads", nbk.threads},    {"pack_width", nbk.pack_width},
              {"passed", reasons.empty()},    {"reasons", reasons},        {"pixels", workload.pixels()},
              {"oversample", nbk.oversample}, {"samples", nbk.samples},    {"evaluations", nbk.evaluations}};
  record["time_s"] = statistics_of(outcome.simulation_s);
  record["setup_cold_s"] = outcome.setup_cold_s;
  record["simulation_cold_s"] = outcome.simulation_cold_s;
  record["setup_warm_s"] = statistics_of(outcome.setup_warm_s);
  record["startup_s"] = outcome.startup_s ? Json(*outcome.startup_s) : Json(nullptr);
  record["pixels_per_s"] = static_cast<double>(workload.pixels()) / time_s;
  record["evaluations_per_s"] = static_cast<double>(nbk.evaluations) / time_s;
  record["ns_per_evaluation"] = 1e9 * time_s / static_cast<double>(nbk.evaluations);
  record["arithmetic"] = arithmetic_of(outcome, time_s, peaks);
  record["traffic"] = traffic_of(workload, nbk, time_s, peaks);
  record["memory"] = {{"before_bytes", bytes_or_null(outcome.memory_before_bytes)},
                      {"peak_bytes", bytes_or_null(outcome.memory_peak_bytes)},
                      {"image_bytes", workload.pixels() * sizeof(float)},
                      {"table_bytes", nbk.table_bytes}};
  record["checksum"] = outcome.checksum;
  record["parity_with_float64"] = parity_of(outcome.with_double);
  record["reference"] = reference_of(suite_case, outcome);
  return record;
}

}  // namespace nbk::bench::jobs
