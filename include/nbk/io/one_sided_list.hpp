// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/model/structure_factors.hpp"

#include <optional>
#include <string>

namespace nbk::io {

/// Returns a sentence if a list that is taken for P1 looks like one of merged reflections: an index of one sign only,
/// on an axis where the others have both. A list of all reflections has h, k, l and -h, -k, -l. \param table  made of
/// the list \param reflections  number of its entries; short lists are examples, and are left alone
inline std::optional<std::string> one_sided_axis(const StructureFactors& table, std::size_t reflections) {
  constexpr std::size_t least_reflections = 200;
  constexpr int least_extent = 3;
  if (reflections < least_reflections) return std::nullopt;
  const auto is_one_sided = [](int low, int high) {
    return (low >= 0 && high >= least_extent) || (high <= 0 && low <= -least_extent);
  };
  std::string axes;
  const auto add = [&](int low, int high, const char* axis) {
    if (is_one_sided(low, high))
      axes += (axes.empty() ? "" : ", ") + std::string(axis) + " from " + std::to_string(low) + " to " +
              std::to_string(high);
  };
  add(table.h_min, table.h_max, "h");
  add(table.k_min, table.k_max, "k");
  add(table.l_min, table.l_max, "l");
  if (axes.empty()) return std::nullopt;
  return "has indices of one sign only (" + axes +
         "), as merged lists have; all others get the default F. If it is merged, give its space group, which expands "
         "it "
         "(nbk-render: --hkl FILE --space-group NAME)";
}

}  // namespace nbk::io
