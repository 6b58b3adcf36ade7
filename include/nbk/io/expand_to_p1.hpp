// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/constants.hpp"
#include "nbk/io/file.hpp"
#include "nbk/io/merged_reflections.hpp"
#include "nbk/io/reflection_table.hpp"
#include "nbk/io/symmetry_operation.hpp"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

namespace nbk::io {

/// Choice of what stands for Friedel mates that no operation of the space group makes and that the list does not have.
enum class FriedelMates {
  copied,  ///< F(-h) = F(h), with the opposite phase
  absent   ///< nothing: they keep the default amplitude
};

/// Structure factors of all reflections, in no symmetry.
struct ExpandedReflections {
  StructureFactors table;         ///< |F|
  std::vector<double> phase_rad;  ///< [h][k][l] as the table, 0 where nothing is known; empty: the list has no phases
  std::size_t reflections = 0;    ///< those that the list and its symmetry give
  std::size_t averaged = 0;       ///< those that several entries of the list give
};

namespace detail {

/// Largest index that is taken for one. Beyond it sums of indices could leave their range.
inline constexpr int largest_miller_index = 1 << 20;

/// Widens the ranges of a table so that they have an index.
inline void include(StructureFactors& box, const Miller& index, bool first) {
  int* const low[] = {&box.h_min, &box.k_min, &box.l_min};
  int* const high[] = {&box.h_max, &box.k_max, &box.l_max};
  for (std::size_t axis = 0; axis < 3; ++axis) {
    *low[axis] = first ? index[axis] : std::min(*low[axis], index[axis]);
    *high[axis] = first ? index[axis] : std::max(*high[axis], index[axis]);
  }
}

/// The box of all reflections that the operations and Friedel's law make of a list.
inline StructureFactors expanded_box(const MergedReflections& list, std::span<const SymmetryOperation> operations,
                                     const std::string& name) {
  StructureFactors box;
  bool first = true;
  for (const Reflection& r : list.reflections) {
    for (const int index : {r.h, r.k, r.l}) {
      if (std::abs(static_cast<std::int64_t>(index)) > largest_miller_index) {
        fail(name, "reflection " + std::to_string(r.h) + " " + std::to_string(r.k) + " " + std::to_string(r.l) +
                       ": a Miller index is out of range; the columns may be in another order");
      }
    }
    for (const SymmetryOperation& operation : operations) {
      const Miller index = equivalent_index(operation, {r.h, r.k, r.l});
      include(box, index, first);
      include(box, {-index[0], -index[1], -index[2]}, false);
      first = false;
    }
  }
  return box;
}

/// Copies amplitudes and phases of Friedel mates to where nothing was given.
inline void copy_friedel_mates(ExpandedReflections& result, std::vector<std::uint16_t>& entries) {
  const StructureFactors& t = result.table;
  // The box is the same on both sides, so a mate is as far from the end as the reflection is from the beginning.
  const std::size_t size = t.amplitude.size();
  const bool has_phases = !result.phase_rad.empty();
  for (std::size_t i = 0; i < size; ++i) {
    const std::size_t mate = size - 1 - i;
    if (entries[i] != 0 || entries[mate] == 0) continue;
    result.table.amplitude[i] = t.amplitude[mate];
    if (has_phases) result.phase_rad[i] = -result.phase_rad[mate];
    ++result.reflections;
  }
}

}  // namespace detail

/// Makes all equivalent reflections of a list. An index that several entries give has their mean amplitude and the
/// first one's phase. Amplitudes of h R are those of h, phases follow from phase(h R) = phase(h) - 2 pi h.t. What the
/// list says of a Friedel mate counts more than Friedel's law. \param list  its operations; none: the list is taken for
/// P1 \param default_amplitude  of the box' other reflections \param name  the file's name for messages \throws
/// FileError  an index beyond 2^20, no reflection, or a table larger than the limit
inline ExpandedReflections expand_to_p1(const MergedReflections& list, FriedelMates mates, double default_amplitude,
                                        const std::string& name,
                                        std::uintmax_t limit_bytes = default_table_limit_bytes) {
  if (list.reflections.empty()) fail(name, "no reflections are left");
  static constexpr SymmetryOperation identity{};
  const std::span<const SymmetryOperation> operations =
      list.operations.empty() ? std::span(&identity, 1) : std::span(list.operations);

  ExpandedReflections result;
  StructureFactors& table = result.table;
  table = detail::expanded_box(list, operations, name);
  const std::size_t size = table_size(table, name, limit_bytes);
  table.default_amplitude = default_amplitude;
  table.amplitude.assign(size, 0.0);
  const bool has_phases = list.phase_rad.size() == list.reflections.size();
  if (has_phases) result.phase_rad.assign(size, 0.0);

  std::vector<std::uint16_t> entries(size, 0);
  std::vector<std::size_t> places;
  constexpr double turn_rad = 2 * constants::pi<double> / SymmetryOperation::parts;
  for (std::size_t i = 0; i < list.reflections.size(); ++i) {
    const Reflection& r = list.reflections[i];
    const Miller listed{r.h, r.k, r.l};
    places.clear();
    for (const SymmetryOperation& operation : operations) {
      const Miller index = equivalent_index(operation, listed);
      const std::size_t place = table_index(table, index[0], index[1], index[2]);
      if (std::ranges::find(places, place) != places.end()) continue;
      places.push_back(place);
      if (has_phases && entries[place] == 0)
        result.phase_rad[place] = list.phase_rad[i] - turn_rad * phase_turn(operation, listed);
      if (entries[place] == UINT16_MAX) continue;
      const auto before = static_cast<double>(entries[place]++);
      table.amplitude[place] += (r.amplitude - table.amplitude[place]) / (before + 1);
    }
  }
  for (const std::uint16_t n : entries) {
    result.reflections += n > 0;
    result.averaged += n > 1;
  }
  if (mates == FriedelMates::copied) detail::copy_friedel_mates(result, entries);
  if (default_amplitude != 0.0) {
    for (std::size_t i = 0; i < size; ++i) {
      const bool known = entries[i] != 0 || (mates == FriedelMates::copied && entries[size - 1 - i] != 0);
      if (!known) table.amplitude[i] = default_amplitude;
    }
  }
  return result;
}

}  // namespace nbk::io
