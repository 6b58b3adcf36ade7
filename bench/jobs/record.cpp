// SPDX-License-Identifier: MIT
#include "bench/jobs/record.hpp"

#include "bench/measure/statistics.hpp"
#include "bench/system/sha256.hpp"

#include <algorithm>
#include <cmath>

namespace nbk::bench::jobs {
namespace {

Json timings_of(const measure::Timings& timings) {
  return {{"setup_s", statistics_of(timings.setup_s)},
          {"simulation_s", statistics_of(timings.simulation_s)},
          {"copy_out_s", statistics_of(timings.copy_out_s)},
          {"total_s", statistics_of(timings.total_s)}};
}

Json worst_of(const measure::Parity& parity) {
  Json list = Json::array();
  for (const auto& pixel : parity.worst) {
    list.push_back({{"fast", pixel.fast}, {"slow", pixel.slow}, {"nbk", pixel.ours}, {"reference", pixel.reference}});
  }
  return list;
}

Json parity_of(const std::optional<measure::Parity>& parity) {
  if (!parity) return nullptr;
  return {{"correlation", parity->correlation},
          {"sum_nbk", parity->sum_ours},
          {"sum_reference", parity->sum_reference},
          {"sum_ratio", parity->sum_ratio},
          {"rmse", parity->rmse},
          {"max_abs_diff", parity->max_abs_difference},
          {"max_reference", parity->max_reference},
          {"worst_pixels", worst_of(*parity)}};
}

Json gates_of(const std::vector<GateResult>& gates) {
  Json list = Json::array();
  for (const auto& gate : gates) {
    list.push_back({{"name", gate.name},
                    {"value", gate.value},
                    {"relation", gate.relation},
                    {"limit", gate.limit},
                    {"passed", gate.passed}});
  }
  return list;
}

Json reference_of(const Outcome& outcome) {
  Json result = outcome.reference;
  result["time_s"] = outcome.reference_time_s ? Json(*outcome.reference_time_s) : Json(nullptr);
  result["peak_memory_bytes"] =
      outcome.reference_peak_memory_bytes > 0 ? Json(outcome.reference_peak_memory_bytes) : Json(nullptr);
  result["command"] = outcome.reference_command;
  result["error"] = outcome.reference_error.empty() ? Json(nullptr) : Json(outcome.reference_error);
  return result;
}

double median_total(const measure::Timings& timings) { return measure::median(timings.total_s); }

// Ratios to the C program only: the built-in reference is written to be plain, not to be fast.
Json speedup(const Outcome& outcome, const measure::Timings& timings) {
  const bool fair = outcome.reference_time_s && outcome.reference["kind"] == "c_program";
  return fair ? Json(*outcome.reference_time_s / median_total(timings)) : Json(nullptr);
}

Json field(const std::optional<measure::Parity>& parity, double measure::Parity::*member) {
  return parity ? Json((*parity).*member) : Json(nullptr);
}

Json larger(const Outcome& outcome, double measure::Parity::*member) {
  if (!outcome.cold || !outcome.warm) return nullptr;
  const double cold = (*outcome.cold).*member, warm = (*outcome.warm).*member;
  return std::isnan(cold) || cold > warm ? cold : warm;
}

Json image_of(const measure::Measurement& nbk) {
  const auto cold = system::sha256(std::span<const float>(nbk.cold_image));
  const auto warm = system::sha256(std::span<const float>(nbk.warm_image));
  return {{"algorithm", "sha256 of the float32 pixels, [slow][fast]"},
          {"checksum_cold", cold},
          {"checksum_warm", warm},
          {"cold_equals_warm", cold == warm}};
}

Json megabytes(const Json& bytes) {
  return bytes.is_number() ? Json(static_cast<double>(bytes.get<std::uint64_t>()) / 1e6) : Json(nullptr);
}

// The names that the older Python benchmark gave these figures, so that what reads its files reads these; seconds, and
// c_time only where the C program ran.
Json compatible(const Json& record) {
  const bool c_program = record["reference"]["kind"] == "c_program";
  const auto part = [&](const char* when, const char* which) { return record[when][which]["median"]; };
  return {{"size", record["size"]},
          {"pixels", record["pixels"]},
          {"c_time", c_program ? record["reference"]["time_s"] : Json(nullptr)},
          {"py_time_cold", part("time_cold", "total_s")},
          {"py_time_warm", part("time_warm", "total_s")},
          {"py_setup_cold", part("time_cold", "setup_s")},
          {"py_setup_warm", part("time_warm", "setup_s")},
          {"py_sim_cold", part("time_cold", "simulation_s")},
          {"py_sim_warm", part("time_warm", "simulation_s")},
          {"c_mem", c_program ? megabytes(record["reference"]["peak_memory_bytes"]) : Json(nullptr)},
          {"py_mem_cold", megabytes(record["peak_memory_bytes"])},
          {"py_mem_warm", megabytes(record["peak_memory_bytes"])},
          {"speedup_cold", record["speedup_cold"]},
          {"speedup_warm", record["speedup_warm"]},
          {"setup_speedup", record["setup_speedup"]},
          {"correlation_cold", record["correlation_cold"]},
          {"correlation_warm", record["correlation_warm"]},
          // Cold is a new plan by definition, warm the one at hand.
          {"cache_hit_cold", false},
          {"cache_hit_warm", true}};
}

}  // namespace

void compare_with(const std::vector<float>& reference, std::size_t width, Outcome& outcome) {
  outcome.cold = measure::compare(outcome.nbk.cold_image, reference, width);
  outcome.warm = measure::compare(outcome.nbk.warm_image, reference, width);
}

Json statistics_of(const std::vector<double>& seconds) {
  return {{"raw", seconds}, {"median", measure::median(seconds)}, {"mad", measure::median_absolute_deviation(seconds)}};
}

Json peaks_json(const measure::Peaks& peaks) {
  return {{"float32_operations_per_s", peaks.float_flops_per_s},
          {"float64_operations_per_s", peaks.double_flops_per_s},
          {"store_bytes_per_s", peaks.store_bytes_per_s}};
}

Json make_record(const Options& options, const measure::Workload& workload, const Outcome& outcome) {
  const auto& nbk = outcome.nbk;
  std::vector<GateResult> gates;
  if (outcome.cold && outcome.warm) gates = judge(options.gates, *outcome.cold, *outcome.warm);
  gates.push_back(judge_warm_setup(options.gates, measure::median(nbk.warm.setup_s)));
  auto why = reasons(gates);
  if (!outcome.reference_error.empty()) why.insert(why.begin(), outcome.reference_error);

  Json record{{"workload", workload.name},
              {"size", workload.pixels_fast},
              {"pixels", workload.pixels()},
              {"flags", workload.flags},
              {"dtype", options.dtype},
              {"dtype_used", nbk.setting.dtype},
              {"device", options.device},
              {"space", nbk.setting.space},
              {"threads", nbk.setting.threads},
              {"pack_width", nbk.setting.pack_width},
              {"oversample", nbk.setting.oversample},
              {"evaluations", nbk.setting.evaluations},
              {"table_bytes", nbk.setting.table_bytes},
              {"iterations", options.iterations},
              {"warmup", options.warmup},
              {"traced", options.profile},
              {"passed", why.empty()},
              {"reasons", why},
              {"reference", reference_of(outcome)}};
  record["time_cold"] = timings_of(nbk.cold);
  record["time_warm"] = timings_of(nbk.warm);
  record["file_writing_s"] = outcome.file_writing_s;
  record["speedup_cold"] = speedup(outcome, nbk.cold);
  record["speedup_warm"] = speedup(outcome, nbk.warm);
  record["setup_speedup"] = measure::median(nbk.cold.setup_s) / measure::median(nbk.warm.setup_s);
  record["correlation_cold"] = field(outcome.cold, &measure::Parity::correlation);
  record["correlation_warm"] = field(outcome.warm, &measure::Parity::correlation);
  record["sum_ratio_cold"] = field(outcome.cold, &measure::Parity::sum_ratio);
  record["sum_ratio_warm"] = field(outcome.warm, &measure::Parity::sum_ratio);
  record["rmse"] = larger(outcome, &measure::Parity::rmse);
  record["max_abs_diff"] = larger(outcome, &measure::Parity::max_abs_difference);
  record["worst_pixels"] = outcome.warm ? worst_of(*outcome.warm) : Json::array();
  record["parity"] = {{"cold", parity_of(outcome.cold)}, {"warm", parity_of(outcome.warm)}};
  record["gates"] = gates_of(gates);
  record["image"] = image_of(nbk);
  record["peak_memory_bytes"] = outcome.peak_memory_bytes;
  record["artifacts"] = outcome.artifacts;
  record["compat"] = compatible(record);
  return record;
}

std::vector<std::string> reasons_of(const Json& record) { return record["reasons"].get<std::vector<std::string>>(); }

}  // namespace nbk::bench::jobs
