// SPDX-License-Identifier: MIT
#pragma once

#include "bench/jobs/record.hpp"

#include <nlohmann/json.hpp>

#include <optional>

/// \file
/// Form in which a worker hands its records to the process that started it: every field of Record but those of other
/// jobs, by the field's own name. As CBOR it keeps what is not a number. No file that a user sees has it.

template <class T>
struct nlohmann::adl_serializer<std::optional<T>> {
  template <class J>
  static void to_json(J& json, const std::optional<T>& value) {
    json = value ? J(*value) : J(nullptr);
  }
  template <class J>
  static void from_json(const J& json, std::optional<T>& value) {
    value = json.is_null() ? std::nullopt : std::optional<T>(json.template get<T>());
  }
};

namespace nbk::bench::measure {
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Setting, space, dtype, pack_width, threads, oversample, table_bytes, samples,
                                   evaluations)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Arithmetic, per_evaluation, per_sample)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Peaks, float_flops_per_s, double_flops_per_s, store_bytes_per_s)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(DifferingPixel, fast, slow, ours, reference)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Parity, correlation, sum_ours, sum_reference, sum_ratio, rmse, max_abs_difference,
                                   max_reference, worst)
}  // namespace nbk::bench::measure

namespace nbk::bench::jobs {
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(StartUp, to_main_s, flags_s, kokkos_s, set_up_s, total_s)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Pair, full_s, one_pixel_s, nbk_s)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(SuitePart, tiny, round, simulation_s, setup_warm_s, setup_cold_s, simulation_cold_s,
                                   start_up, memory_before_bytes, memory_peak_bytes, arithmetic, peaks, pairs, floor,
                                   derivatives_s, derivatives_limit, derivatives_traversal, with_c_program, error)
NLOHMANN_DEFINE_TYPE_NON_INTRUSIVE(Record, workload, title, flags, pixels, size, device, dtype, setting, reasons, hash,
                                   with_float64, suite)
}  // namespace nbk::bench::jobs
