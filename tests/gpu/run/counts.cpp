// SPDX-License-Identifier: MIT
#include "counts.hpp"

#include "kernels.hpp"

#include <cstdio>

namespace nbk::gpu_run {

namespace {

/// Instructions; signs are none.
double sum(const std::array<double, class_count>& counts) {
  double total = -counts[sign];
  for (const double count : counts) total += count;
  return total;
}

}  // namespace

double Executed::active_lanes() const { return sum(by_lanes) / (32 * sum(by_warps)); }

Executed::Cycles Executed::least_cycles() const {
  const auto& n = by_warps;
  // Lanes that a quarter of a multiprocessor has: 32 for single precision, 16 for integers, comparisons and double, 8
  // for addresses in memory, 4 for special functions and conversions. It issues one instruction a cycle.
  const Cycles units[] = {{sum(n), "issue"},
                          {n[fma32] + n[mul32] + n[add32], "FP32"},
                          {2 * (n[compare] + n[integer]), "integers"},
                          {2 * (n[fma64] + n[mul64] + n[add64]), "FP64"},
                          {4 * (n[loads] + n[stores]), "memory"},
                          {8 * (n[convert] + n[special]), "conversions"}};
  Cycles most = units[0];
  for (const Cycles& unit : units) {
    if (unit.number > most.number) most = unit;
  }
  return most;
}

double Executed::share_of_peak(bool in_double) const {
  const auto& n = by_lanes;
  const double operations = in_double ? 2 * n[fma64] + n[mul64] + n[add64] : 2 * n[fma32] + n[mul32] + n[add32];
  return operations / (2.0 * (in_double ? 16 : 32) * least_cycles().number);
}

Executed executed() {
  Executed all;
  for (const auto& [driver, kernel] : kernels()) {
    for (int b = 0; b < kernel.code.block_count; ++b) {
      const auto at = static_cast<std::size_t>(b);
      for (std::size_t c = 0; c < class_count; ++c) {
        const double count = kernel.code.blocks[b].counts[c];
        all.by_lanes[c] += count * static_cast<double>(kernel.lanes[at]);
        all.by_warps[c] += count * static_cast<double>(kernel.warps[at]);
      }
    }
  }
  return all;
}

Executed operator-(const Executed& a, const Executed& b) {
  Executed rest = a;
  for (std::size_t c = 0; c < class_count; ++c) {
    rest.by_lanes[c] -= b.by_lanes[c];
    rest.by_warps[c] -= b.by_warps[c];
  }
  return rest;
}

std::string table_row(const std::string& precision, const std::string& name, const Executed& executed,
                      double evaluations, double evaluations_per_pixel, bool in_double) {
  const auto& n = executed.by_lanes;
  char text[400];
  const auto each = [&](double count) { return count / evaluations; };
  std::snprintf(
      text, sizeof(text),
      "| %s | %s | %.0f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | %.1f | "
      "%.0f %% | %s | %.0f %% |\n",
      precision.c_str(), name.c_str(), evaluations_per_pixel, each(sum(n)), each(n[fma32] + n[fma64]),
      each(n[mul32] + n[mul64]), each(n[add32] + n[add64]), each(n[convert]), each(n[special]),
      each(n[loads] + n[stores]), each(n[parameters]), each(n[compare]), each(n[integer]), each(n[moves]),
      each(n[branch] + n[other]), 100 * executed.active_lanes(), executed.least_cycles().unit,
      100 * executed.share_of_peak(in_double));
  return text;
}

}  // namespace nbk::gpu_run
