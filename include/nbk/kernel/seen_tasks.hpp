// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/plan/tables.hpp"

#include <cstdint>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// One task, a source direction with an orientation, that packs of a block may see.
struct SeenTask {
  std::uint32_t task = 0;   ///< number, as in SpotEntry
  std::uint32_t packs = 0;  ///< a bit for each pack that may see a spot
};

/// The tasks that packs of a block may see, in their order, each once.
struct SeenTasks {
  const SeenTask* tasks = nullptr;
  int count = 0;

  /// Those of one source direction.
  struct Range {
    const SeenTask* tasks = nullptr;
    int count = 0;
    std::uint32_t first_task = 0;

    /// Returns true if a pack may see the task of this place in the range.
    bool has(int n, int pack) const { return (tasks[n].packs >> static_cast<unsigned>(pack) & 1U) != 0; }
    int orientation(int n) const { return static_cast<int>(tasks[n].task - first_task); }

    /// Calls visit(orientation, pack) for what the first packs may see, orientation by orientation.
    template <class Visit>
    void for_each(int packs, const Visit& visit) const {
      for (int n = 0; n < count; ++n) {
        for (int pack = 0; pack < packs; ++pack) {
          if (has(n, pack)) visit(orientation(n), pack);
        }
      }
    }
  };

  /// \param group  one of the tables'
  template <class PrecisionT>
  Range of_group(const Tables<PrecisionT>& tables, const SourceGroup<typename PrecisionT::Geometry>& group) const {
    const auto orientations = static_cast<std::uint32_t>(tables.orientation_count);
    const std::uint32_t first_task = static_cast<std::uint32_t>(&group - tables.groups) * orientations;
    const SeenTask *begin = tasks, *const last = tasks + count;
    while (begin != last && begin->task < first_task) ++begin;
    const SeenTask* end = begin;
    while (end != last && end->task - first_task < orientations) ++end;
    return {begin, static_cast<int>(end - begin), first_task};
  }
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
