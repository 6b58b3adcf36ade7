// SPDX-License-Identifier: MIT
#include "bench/jobs/record.hpp"

#include "bench/measure/statistics.hpp"

#include <utility>

namespace nbk::bench::jobs {

std::optional<double> MainPart::speedup(const measure::Timings& timings) const {
  if (!reference.is_c_program() || !reference.time_s) return std::nullopt;
  return *reference.time_s / measure::median(timings.total_s);
}

double SuitePart::operations(const measure::Setting& setting) const {
  return static_cast<double>(setting.evaluations) * arithmetic.per_evaluation +
         static_cast<double>(setting.samples) * arithmetic.per_sample;
}

double SuitePart::share_of_peak(const measure::Setting& setting) const {
  const double peak = setting.dtype == "float64" ? peaks.double_flops_per_s : peaks.float_flops_per_s;
  return operations(setting) / measure::median(simulation_s) / peak;
}

double SuitePart::share_of_bandwidth(double bytes) const {
  return bytes / measure::median(simulation_s) / peaks.store_bytes_per_s;
}

std::optional<bool> SuitePart::reaches_floor(const std::string& dtype) const {
  if (!floor || dtype != "float32" || pairs.empty()) return std::nullopt;
  std::vector<double> ratios;
  for (const auto& pair : pairs) ratios.push_back(pair.ratio());
  return measure::median(ratios) >= *floor;
}

std::vector<double> SuitePart::derivative_ratios() const {
  std::vector<double> ratios;
  for (std::size_t i = 0; i < derivatives_s.size(); ++i) ratios.push_back(derivatives_s[i] / simulation_s[i]);
  return ratios;
}

Record record_of(const measure::Workload& workload, std::string device, std::string dtype) {
  Record record;
  record.workload = workload.name;
  record.title = workload.title;
  record.flags = workload.flags;
  record.pixels = workload.pixels();
  record.size = workload.pixels_fast;
  record.device = std::move(device);
  record.dtype = std::move(dtype);
  return record;
}

}  // namespace nbk::bench::jobs
