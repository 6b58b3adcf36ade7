// SPDX-License-Identifier: MIT
// The only place where records become JSON.
#include "bench/jobs/results_json.hpp"

#include "bench/jobs/environment_json.hpp"
#include "bench/kernels/simulation.hpp"
#include "bench/measure/statistics.hpp"

#include <fmt/format.h>

#include <cmath>

namespace nbk::bench::jobs {
namespace {

template <class T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json text_or_null(const std::string& text) { return text.empty() ? Json(nullptr) : Json(text); }
Json bytes_or_null(std::uint64_t bytes) { return bytes > 0 ? Json(bytes) : Json(nullptr); }

template <class T, class Convert>
Json list_of(const std::vector<T>& values, Convert&& convert) {
  Json list = Json::array();
  for (const auto& value : values) list.push_back(convert(value));
  return list;
}

Json statistics_of(const std::vector<double>& values) {
  return {{"raw", values}, {"median", measure::median(values)}, {"mad", measure::median_absolute_deviation(values)}};
}

Json timings_of(const measure::Timings& timings) {
  return {{"setup_s", statistics_of(timings.setup_s)},
          {"simulation_s", statistics_of(timings.simulation_s)},
          {"copy_out_s", statistics_of(timings.copy_out_s)},
          {"total_s", statistics_of(timings.total_s)}};
}

Json peaks_of(const measure::Peaks& peaks) {
  return {{"float32_operations_per_s", peaks.float_flops_per_s},
          {"float64_operations_per_s", peaks.double_flops_per_s},
          {"store_bytes_per_s", peaks.store_bytes_per_s}};
}

Json worst_of(const std::optional<measure::Parity>& parity) {
  if (!parity) return Json::array();
  return list_of(parity->worst, [](const measure::DifferingPixel& pixel) -> Json {
    return {{"fast", pixel.fast}, {"slow", pixel.slow}, {"nbk", pixel.ours}, {"reference", pixel.reference}};
  });
}

Json parity_of(const std::optional<measure::Parity>& parity) {
  if (!parity) return nullptr;
  return {{"correlation", parity->correlation},
          {"sum_nbk", parity->sum_ours},
          {"sum_reference", parity->sum_reference},
          {"sum_ratio", parity->sum_ratio},
          {"rmse", parity->rmse},
          {"max_abs_diff", parity->max_abs_difference},
          {"max_relative_diff", parity->relative_difference()},
          {"max_reference", parity->max_reference},
          {"worst_pixels", worst_of(parity)}};
}

Json field(const std::optional<measure::Parity>& parity, double measure::Parity::*member) {
  return parity ? Json((*parity).*member) : Json(nullptr);
}

// Of the cold and the warm image.
Json larger(const MainPart& part, double measure::Parity::*member) {
  if (!part.cold_parity || !part.warm_parity) return nullptr;
  const double cold = (*part.cold_parity).*member, warm = (*part.warm_parity).*member;
  return std::isnan(cold) || cold > warm ? cold : warm;
}

Json reference_of(const ReferenceRun& reference) {
  return {{"kind", reference.is_c_program() ? "c_program" : "builtin"},
          {"program", or_null(reference.program)},
          {"program_hash", text_or_null(reference.program_hash)},
          {"time_s", or_null(reference.time_s)},
          {"peak_memory_bytes", bytes_or_null(reference.peak_memory_bytes)},
          {"command", reference.command},
          {"error", text_or_null(reference.error)}};
}

// The names that an older Python benchmark gave these figures, for readers of its files. Times are seconds, memory is
// in units of 10^6 bytes, and c_* exist only where the C program ran.
Json compatible(const Record& record, const MainPart& part) {
  const auto& reference = part.reference;
  const auto median = [](const std::vector<double>& seconds) { return measure::median(seconds); };
  const auto megabytes = [](std::uint64_t bytes) { return static_cast<double>(bytes) / 1e6; };
  const bool knows_memory = reference.is_c_program() && reference.peak_memory_bytes > 0;
  return {{"size", record.size},
          {"pixels", record.pixels},
          {"c_time", reference.is_c_program() ? or_null(reference.time_s) : Json(nullptr)},
          {"py_time_cold", median(part.cold.total_s)},
          {"py_time_warm", median(part.warm.total_s)},
          {"py_setup_cold", median(part.cold.setup_s)},
          {"py_setup_warm", median(part.warm.setup_s)},
          {"py_sim_cold", median(part.cold.simulation_s)},
          {"py_sim_warm", median(part.warm.simulation_s)},
          {"c_mem", knows_memory ? Json(megabytes(reference.peak_memory_bytes)) : Json(nullptr)},
          {"py_mem_cold", megabytes(part.peak_memory_bytes)},
          {"py_mem_warm", megabytes(part.peak_memory_bytes)},
          {"speedup_cold", or_null(part.speedup(part.cold))},
          {"speedup_warm", or_null(part.speedup(part.warm))},
          {"setup_speedup", median(part.cold.setup_s) / median(part.warm.setup_s)},
          {"correlation_cold", field(part.cold_parity, &measure::Parity::correlation)},
          {"correlation_warm", field(part.warm_parity, &measure::Parity::correlation)},
          // Cold is a new plan by definition, warm the one at hand.
          {"cache_hit_cold", false},
          {"cache_hit_warm", true}};
}

Json main_fields(const Record& record, const MainPart& part) {
  Json gates = list_of(part.gates, [](const GateResult& gate) -> Json {
    return {{"name", gate.name},
            {"value", gate.value},
            {"relation", gate.relation},
            {"limit", gate.limit},
            {"passed", gate.passed}};
  });
  return {{"size", record.size},
          {"iterations", part.iterations},
          {"warmup", part.warmup},
          {"traced", part.traced},
          {"reference", reference_of(part.reference)},
          {"time_cold", timings_of(part.cold)},
          {"time_warm", timings_of(part.warm)},
          {"file_writing_s", part.file_writing_s},
          {"speedup_cold", or_null(part.speedup(part.cold))},
          {"speedup_warm", or_null(part.speedup(part.warm))},
          {"setup_speedup", measure::median(part.cold.setup_s) / measure::median(part.warm.setup_s)},
          {"correlation_cold", field(part.cold_parity, &measure::Parity::correlation)},
          {"correlation_warm", field(part.warm_parity, &measure::Parity::correlation)},
          {"sum_ratio_cold", field(part.cold_parity, &measure::Parity::sum_ratio)},
          {"sum_ratio_warm", field(part.warm_parity, &measure::Parity::sum_ratio)},
          {"rmse", larger(part, &measure::Parity::rmse)},
          {"max_abs_diff", larger(part, &measure::Parity::max_abs_difference)},
          {"worst_pixels", worst_of(part.warm_parity)},
          {"parity", {{"cold", parity_of(part.cold_parity)}, {"warm", parity_of(part.warm_parity)}}},
          {"gates", gates},
          {"image",
           {{"algorithm", "64-bit FNV-1a of the float32 pixels, [slow][fast]"},
            {"checksum_cold", part.cold_hash},
            {"checksum_warm", part.warm_hash},
            {"cold_equals_warm", part.cold_hash == part.warm_hash}}},
          {"peak_memory_bytes", part.peak_memory_bytes},
          {"artifacts", part.artifacts},
          {"compat", compatible(record, part)}};
}

Json pairs_of(const Record& record, const SuitePart& part) {
  if (part.pairs.empty() && part.error.empty()) return nullptr;
  std::vector<double> ratios;
  for (const auto& pair : part.pairs) ratios.push_back(pair.ratio());
  Json pairs = list_of(part.pairs, [](const Pair& pair) -> Json {
    return {{"full_s", pair.full_s}, {"one_pixel_s", pair.one_pixel_s}, {"nbk_s", pair.nbk_s}, {"ratio", pair.ratio()}};
  });
  return {{"pairs", pairs},
          {"ratio", statistics_of(ratios)},
          {"floor", or_null(part.floor)},
          {"reaches_floor", or_null(part.reaches_floor(record.dtype))},
          {"parity", parity_of(part.with_c_program)},
          {"error", text_or_null(part.error)}};
}

Json derivatives_of(const Record& record, const SuitePart& part) {
  if (part.derivatives_s.empty()) return nullptr;
  const auto ratios = part.derivative_ratios();
  const bool counts = part.derivatives_limit && record.dtype == "float32";
  return {{"time_s", statistics_of(part.derivatives_s)},
          {"ratio", statistics_of(ratios)},
          {"traversal", part.derivatives_traversal},
          {"limit", or_null(part.derivatives_limit)},
          {"within_limit", counts ? Json(measure::median(ratios) <= *part.derivatives_limit) : Json(nullptr)}};
}

Json start_up_of(const std::optional<StartUp>& start) {
  if (!start) return nullptr;
  return {{"to_main_s", start->to_main_s},
          {"flags_s", start->flags_s},
          {"kokkos_s", start->kokkos_s},
          {"set_up_s", start->set_up_s},
          {"total_s", start->total_s}};
}

Json suite_fields(const Record& record, const SuitePart& part) {
  const double time_s = measure::median(part.simulation_s);
  const auto evaluations = static_cast<double>(record.setting.evaluations);
  const double operations = part.operations(record.setting), bytes = record.least_bytes();
  return {{"tiny", part.tiny},
          {"round", part.round},
          {"time_s", statistics_of(part.simulation_s)},
          {"setup_cold_s", part.setup_cold_s},
          {"simulation_cold_s", part.simulation_cold_s},
          {"setup_warm_s", statistics_of(part.setup_warm_s)},
          {"startup_s", part.start_up ? Json(part.start_up->total_s) : Json(nullptr)},
          {"startup", start_up_of(part.start_up)},
          {"pixels_per_s", static_cast<double>(record.pixels) / time_s},
          {"evaluations_per_s", evaluations / time_s},
          {"ns_per_evaluation", 1e9 * time_s / evaluations},
          {"arithmetic",
           {{"per_evaluation", operations / evaluations},
            {"operations_per_s", operations / time_s},
            {"share_of_peak", part.share_of_peak(record.setting)}}},
          {"traffic",
           {{"bytes", bytes}, {"bytes_per_s", bytes / time_s}, {"share_of_bandwidth", part.share_of_bandwidth(bytes)}}},
          {"memory",
           {{"before_bytes", bytes_or_null(part.memory_before_bytes)},
            {"peak_bytes", bytes_or_null(part.memory_peak_bytes)},
            {"image_bytes", record.pixels * sizeof(float)},
            {"table_bytes", record.setting.table_bytes}}},
          {"reference", pairs_of(record, part)},
          {"derivatives", derivatives_of(record, part)},
          {"peaks", peaks_of(part.peaks)}};
}

Json matrix_bounds() {
  Json all = Json::object();
  for (const auto& dtype : dtypes()) {
    const auto bounds = matrix_bounds_of(dtype);
    all[dtype] = {{"min_correlation", bounds.min_correlation},
                  {"max_sum_ratio_error", bounds.max_sum_ratio_error},
                  {"max_relative_diff", bounds.max_relative_difference}};
  }
  return all;
}

}  // namespace

Json record_json(const Record& record) {
  const auto& setting = record.setting;
  Json json{{"workload", record.workload},
            {"title", record.title},
            {"flags", record.flags},
            {"pixels", record.pixels},
            {"device", record.device},
            {"space", setting.space},
            {"dtype", record.dtype},
            {"dtype_used", setting.dtype},
            {"threads", setting.threads},
            {"pack_width", setting.pack_width},
            {"oversample", setting.oversample},
            {"samples", setting.samples},
            {"evaluations", setting.evaluations},
            {"table_bytes", setting.table_bytes},
            {"passed", record.passed()},
            {"reasons", record.reasons}};
  if (record.main) {
    json.update(main_fields(record, *record.main));
    return json;
  }
  json["checksum"] = record.hash;
  json["parity_with_float64"] = parity_of(record.with_float64);
  if (record.suite) json.update(suite_fields(record, *record.suite));
  if (record.matrix) {
    json["own_width"] = record.matrix->own_width;
    json["parity_with_reference"] = parity_of(record.matrix->with_reference);
  }
  return json;
}

Json results_json(const Results& results, const RunState& state, const evidence::Environment& environment) {
  constexpr const char* schemas[]{"nbk benchmark results", "nbk suite results", "nbk parity matrix",
                                  "nbk scaling results", "nbk worker results"};
  Json json{{"schema", schemas[static_cast<int>(results.command)]},
            {"schema_version", schema_version},
            {"status", state.status},
            {"reasons", state.reasons},
            {"started", environment.date},
            {"duration_s", state.duration_s},
            {"fingerprint", environment.fingerprint()},
            {"git", git_json(environment.git)},
            {"arguments", state.arguments}};
  if (results.command == Command::main) json["peaks"] = results.peaks ? peaks_of(*results.peaks) : Json(nullptr);
  if (results.command == Command::matrix) {
    json["spaces"] = list_of(results.spaces, [](const KnownSpace& space) -> Json {
      return {{"name", space.name}, {"enabled", !space.device.empty()}, {"device", text_or_null(space.device)}};
    });
    json["not_compiled"] = results.not_compiled;
    json["bounds"] = matrix_bounds();
  }
  if (results.command == Command::suite || results.command == Command::scaling) {
    json["skipped"] = list_of(results.skipped, [](const Skipped& skipped) -> Json {
      return {{"workload", skipped.workload}, {"reason", skipped.reason}};
    });
  }
  json["records"] = list_of(results.records, record_json);
  return json;
}

}  // namespace nbk::bench::jobs
