// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/io/file.hpp"
#include "nbk/model/structure_factors.hpp"

#include <algorithm>
#include <cstdint>
#include <span>
#include <string>

namespace nbk::io {

/// The largest table of structure factors that is built, bytes. Two far-apart reflections would otherwise ask for more
/// memory than any machine has.
inline constexpr std::uintmax_t default_table_limit_bytes = std::uintmax_t{4} << 30;

/// The number of reflections in a box of indices.
/// \throws FileError  the box is empty or its table would be larger than the limit
inline std::size_t table_size(const StructureFactors& box, const std::string& name, std::uintmax_t limit_bytes) {
  const std::uintmax_t limit = limit_bytes / sizeof(double);
  std::uintmax_t size = 1;
  for (const auto& [low, high] :
       {std::pair(box.h_min, box.h_max), std::pair(box.k_min, box.k_max), std::pair(box.l_min, box.l_max)}) {
    const std::intmax_t range = std::intmax_t{high} - low + 1;
    if (range < 1) fail(name, "empty range of Miller indices, " + std::to_string(low) + " to " + std::to_string(high));
    if (static_cast<std::uintmax_t>(range) > limit / size) {
      fail(name, "the range of Miller indices is too large: h " + std::to_string(box.h_min) + " to " +
                     std::to_string(box.h_max) + ", k " + std::to_string(box.k_min) + " to " +
                     std::to_string(box.k_max) + ", l " + std::to_string(box.l_min) + " to " +
                     std::to_string(box.l_max) + " needs more than " + std::to_string(limit_bytes >> 20) + " MiB");
    }
    size *= static_cast<std::uintmax_t>(range);
  }
  return static_cast<std::size_t>(size);
}

/// Position of a reflection inside its table.
inline std::size_t table_index(const StructureFactors& table, int h, int k, int l) {
  const auto extent = [](int low, int high) { return static_cast<std::size_t>(std::intmax_t{high} - low + 1); };
  const auto offset = [](int value, int low) { return static_cast<std::size_t>(std::intmax_t{value} - low); };
  return (offset(h, table.h_min) * extent(table.k_min, table.k_max) + offset(k, table.k_min)) *
             extent(table.l_min, table.l_max) +
         offset(l, table.l_min);
}

/// The dense table of a list: the smallest box that holds it. Of several records of a reflection the last one counts;
/// a reflection of the box that is not listed has the default amplitude.
/// \param name  what an error calls the list: the path of its file
/// \throws FileError  the table would be larger than the limit
inline StructureFactors make_table(std::span<const Reflection> reflections, double default_amplitude,
                                   const std::string& name = "list of reflections",
                                   std::uintmax_t limit_bytes = default_table_limit_bytes) {
  StructureFactors table;
  table.default_amplitude = default_amplitude;
  if (reflections.empty()) return table;
  table.h_min = table.h_max = reflections[0].h;
  table.k_min = table.k_max = reflections[0].k;
  table.l_min = table.l_max = reflections[0].l;
  for (const Reflection& r : reflections) {
    table.h_min = std::min(table.h_min, r.h);
    table.h_max = std::max(table.h_max, r.h);
    table.k_min = std::min(table.k_min, r.k);
    table.k_max = std::max(table.k_max, r.k);
    table.l_min = std::min(table.l_min, r.l);
    table.l_max = std::max(table.l_max, r.l);
  }
  table.amplitude.assign(table_size(table, name, limit_bytes), default_amplitude);
  for (const Reflection& r : reflections) table.amplitude[table_index(table, r.h, r.k, r.l)] = r.amplitude;
  return table;
}

}  // namespace nbk::io
