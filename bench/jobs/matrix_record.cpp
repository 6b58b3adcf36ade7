// SPDX-License-Identifier: MIT
#include "bench/jobs/matrix_record.hpp"

#include "bench/kernels/image_in_packs.hpp"
#include "bench/kernels/precisions.hpp"
#include "bench/measure/precision_bounds.hpp"
#include "bench/system/sha256.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace nbk::bench::jobs {
namespace {

// The matrix has no sharp peaks, so that single pixels can be judged in every precision.
constexpr double most_of_brightest = 1e-3;

measure::ParityBounds matrix_bounds_of(std::string_view dtype) {
  auto bounds = measure::bounds_of(dtype);
  bounds.max_relative_difference = std::min(bounds.max_relative_difference, most_of_brightest);
  return bounds;
}

Json parity_json(const measure::Parity& parity) {
  return {{"correlation", parity.correlation},
          {"sum_ratio", parity.sum_ratio},
          {"max_relative_diff", parity.relative_difference()}};
}

std::string explain(const char* with, const measure::Parity& parity) {
  return fmt::format(
      "not in parity with {}: correlation {:.9g}, sum ratio {:.9g}, largest difference {:.3g} of the "
      "brightest pixel",
      with, parity.correlation, parity.sum_ratio, parity.relative_difference());
}

std::string row_name(const Json& record) {
  return fmt::format("| {} | {} | {}{} |", record["device"].get<std::string>(), record["dtype"].get<std::string>(),
                     record["pack_width"].get<int>(), record["own_width"].get<bool>() ? " (own)" : "");
}

// The larger of both distances from 1 - correlation, and the largest difference of a pixel.
std::string cell_text(const Json& record) {
  double away = 0, pixel = 0;
  for (const char* with : {"with_float64", "with_reference"}) {
    const auto& parity = record[with];
    if (parity.is_null()) continue;
    if (!parity["correlation"].is_number() || !parity["max_relative_diff"].is_number()) return " **no number** |";
    away = std::max(away, 1 - parity["correlation"].get<double>());
    pixel = std::max(pixel, parity["max_relative_diff"].get<double>());
  }
  auto text = fmt::format("{:.1e}, {:.1e}", std::max(away, 0.0), pixel);
  if (record["dtype_used"] != record["dtype"]) text += ", as " + record["dtype_used"].get<std::string>();
  return record["passed"].get<bool>() ? " " + text + " |" : " **" + text + "** |";
}

std::string table(const Json& results) {
  const auto& experiments = results["experiments"];
  std::string text = "| space | precision | pack width |", ruler = "|---|---|---|";
  for (const auto& experiment : experiments) {
    text += " " + experiment["name"].get<std::string>() + " |";
    ruler += "---|";
  }
  text += "\n" + ruler + "\n";
  std::vector<std::string> rows;
  for (const auto& record : results["records"]) {
    const auto name = row_name(record);
    if (std::find(rows.begin(), rows.end(), name) != rows.end()) continue;
    rows.push_back(name);
    text += name;
    for (const auto& experiment : experiments) {
      std::string cell = " - |";
      for (const auto& other : results["records"]) {
        if (row_name(other) == name && other["experiment"] == experiment["name"]) cell = cell_text(other);
      }
      text += cell;
    }
    text += "\n";
  }
  return text;
}

}  // namespace

Json make_matrix_record(const MatrixCell& cell, const std::vector<float>& with_double,
                        const std::vector<float>& reference, std::size_t width) {
  Json reasons = Json::array();
  const auto bounds = matrix_bounds_of(cell.dtype);
  const auto judged = [&](const char* with, const std::vector<float>& other) -> Json {
    if (other.empty()) return nullptr;
    const auto parity = measure::compare(cell.image, other, width);
    if (!measure::agree(parity, bounds)) reasons.push_back(explain(with, parity));
    return parity_json(parity);
  };
  const auto float64 = judged("float64", with_double), independent = judged("the reference", reference);
  // A wider precision would compare something else than what the row says.
  if (cell.dtype_used != cell.dtype) reasons.push_back("computed as " + cell.dtype_used);
  if (std::all_of(cell.image.begin(), cell.image.end(), [](float pixel) { return pixel == 0; })) {
    reasons.push_back("the image is empty");
  }
  return {{"experiment", cell.experiment},
          {"device", cell.device},
          {"dtype", cell.dtype},
          {"dtype_used", cell.dtype_used},
          {"pack_width", cell.pack_width},
          {"own_width", cell.own_width},
          {"passed", reasons.empty()},
          {"reasons", reasons},
          {"checksum", system::sha256(std::span<const float>(cell.image))},
          {"with_float64", float64},
          {"with_reference", independent}};
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

Json matrix_spaces() {
  Json all = Json::array();
  for (const auto& space : known_spaces()) {
    const bool enabled = !space.device.empty();
    all.push_back({{"name", space.name}, {"enabled", enabled}, {"device", enabled ? Json(space.device) : Json()}});
  }
  return all;
}

std::string matrix_text(const Json& results) {
  std::string text;
  for (const auto& space : results["spaces"]) {
    text += fmt::format("- {}: {}\n", space["name"].get<std::string>(),
                        space["enabled"].get<bool>() ? "enabled, as " + space["device"].get<std::string>()
                                                     : "not enabled in this build's Kokkos");
  }
  for (const auto& note : results["not_compiled"]) text += fmt::format("- not compiled: {}\n", note.get<std::string>());
  text +=
      "\nEach cell: 1 - correlation, and the largest difference of a pixel as a share of the brightest one; the "
      "larger of those with float64 and with the built-in reference. Bold: beyond the bounds.\n\n" +
      table(results) + "\n";
  for (const auto& [dtype, bounds] : results["bounds"].items()) {
    text += fmt::format(
        "- bounds of {}: correlation >= {}, |sum ratio - 1| <= {}, any pixel within {} of the brightest\n", dtype,
        bounds["min_correlation"].dump(), bounds["max_sum_ratio_error"].dump(), bounds["max_relative_diff"].dump());
  }
  text += "\n";
  for (const auto& experiment : results["experiments"]) {
    text += fmt::format("- {}: {}\n", experiment["name"].get<std::string>(), experiment["title"].get<std::string>());
  }
  return text;
}

}  // namespace nbk::bench::jobs
