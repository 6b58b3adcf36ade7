// SPDX-License-Identifier: MIT
#include "bench/trace/launch_description.hpp"

#include "bench/measure/arithmetic.hpp"
#include "bench/measure/measure.hpp"
#include "nbk/plan/plan.hpp"

#include <fmt/format.h>

#include <cctype>
#include <cstdint>

namespace nbk::bench::trace {
namespace {

/// Name of a shape's type, which is the shape's name with a capital.
std::string type_name(LatticeShape shape) {
  std::string name(shape.name());
  name.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(name.front())));
  return name;
}

std::string_view lookup_name(CellLookup lookup) {
  switch (lookup) {
    case CellLookup::constant: return "ConstantF";
    case CellLookup::nearest: return "NearestF";
    case CellLookup::tricubic: break;
  }
  return "TricubicF";
}

std::string_view weighting_name(TermWeighting weighting) {
  switch (weighting) {
    case TermWeighting::first_value: return "FirstValue";
    case TermWeighting::compounding: return "Compounding";
    case TermWeighting::per_term: break;
  }
  return "PerTerm";
}

std::string_view precision_name(std::string_view dtype) {
  if (dtype == "float32") return "Fp32";
  if (dtype == "df64") return "Df64";
  return dtype == "mixed" ? "Mixed" : "Fp64";
}

std::string functor(const Experiment& experiment, const Simulation& simulation) {
  const int width = simulation.pack_width();
  const auto kernel = simulation.on_host() ? "RowFunctionsOf" : "PixelKernel";
  const auto lookup = cell_lookup(experiment.structure_factors.has_table(), simulation.scene().interpolate);
  const auto weighting = Plan<Fp64, Kokkos::DefaultHostExecutionSpace>::weighting_of(experiment);
  return fmt::format("nbk::kernel::{}<Bragg<{}, {}>, {}, {}{}>", kernel, type_name(experiment.crystal.shape),
                     lookup_name(lookup), weighting_name(weighting),
                     simulation.on_host() ? fmt::format("{}, ", width) : "", precision_name(simulation.dtype()));
}

}  // namespace

std::string launch_description(const measure::Workload& workload, const Simulation& simulation) {
  const auto setting = measure::setting_of(simulation);
  const auto arithmetic = measure::count_arithmetic(workload.experiment, simulation.scene(), setting.dtype);
  const double operations = static_cast<double>(setting.evaluations) * arithmetic.per_evaluation +
                            static_cast<double>(setting.samples) * arithmetic.per_sample;
  return fmt::format(R"("range":"1 x {} x {} pixels","precision":"{}","pack_width":{},"functor":"{}",)"
                     R"("evaluations":{},"least_bytes":{},"operations":{:.0f})",
                     workload.pixels_slow, workload.pixels_fast, setting.dtype, setting.pack_width,
                     functor(workload.experiment, simulation), setting.evaluations,
                     workload.pixels() * sizeof(float) + setting.table_bytes, operations);
}

}  // namespace nbk::bench::trace
