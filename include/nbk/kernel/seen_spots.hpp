// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/pixel_pieces.hpp"
#include "nbk/kernel/seen_tasks.hpp"
#include "nbk/plan/spot_entry.hpp"
#include "nbk/plan/spot_patch.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Lists of spots by tile, one patch of pixels for each panel at most.
struct SpotsByTile {
  const plan::TileGrid* grid = nullptr;   ///< the tiles
  const std::uint32_t* begins = nullptr;  ///< of every tile its first entry, and the end of the last
  const SpotEntry* entries = nullptr;     ///< tile by tile, task by task in each
  const std::uint32_t* areas = nullptr;   ///< [panel] number of its patch
};

/// Finds the tasks that a block of pixels of one row may see.
template <int Width>
class SeenSpots {
 public:
  /// Returns false if no pixel may see a spot.
  template <class PrecisionT>
  [[gnu::noinline]] bool find(const SpotsByTile& spots, const Tables<PrecisionT>& tables,
                              const PieceBlock<Width>& block) {
    m_tasks.clear();
    SpotEntry row;
    const int packs = block.packs(), slow = block.places[0].slow - tables.first_slow;
    int first[static_cast<std::size_t>(gradient_packs)], last[static_cast<std::size_t>(gradient_packs)];
    for (int i = 0; i < packs; ++i) {
      first[i] = block.places[i * Width].fast - tables.first_fast;
      last[i] = block.places[std::min((i + 1) * Width, block.pixels) - 1].fast - tables.first_fast;
    }
    row.area = spots.areas[block.panel];
    row.fast_least = static_cast<std::uint16_t>(first[0]);
    row.fast_most = static_cast<std::uint16_t>(last[packs - 1]);
    row.slow_least = row.slow_most = static_cast<std::uint16_t>(slow);
    int tiles = 0;
    spots.grid->for_each_tile(row, [&](std::size_t tile) {
      ++tiles;
      const SpotEntry* const end = spots.entries + spots.begins[tile + 1];
      for (const SpotEntry* entry = spots.entries + spots.begins[tile]; entry != end; ++entry) {
        if (slow < entry->slow_least || entry->slow_most < slow || entry->fast_most < row.fast_least ||
            row.fast_most < entry->fast_least)
          continue;
        std::uint32_t bits = 0;
        for (int i = 0; i < packs; ++i) {
          const bool meets = entry->fast_least <= last[i] && first[i] <= entry->fast_most;
          bits |= static_cast<std::uint32_t>(meets) << static_cast<unsigned>(i);
        }
        if (bits != 0) add({entry->task, bits});
      }
    });
    if (tiles > 1) unite();
    return !m_tasks.empty();
  }

  SeenTasks tasks() const { return {m_tasks.data(), static_cast<int>(m_tasks.size())}; }

 private:
  void add(const SeenTask& task) {
    if (!m_tasks.empty() && m_tasks.back().task == task.task) {
      m_tasks.back().packs |= task.packs;
    } else {
      m_tasks.push_back(task);
    }
  }

  /// Brings the tasks of several tiles in order, each once.
  void unite() {
    std::sort(m_tasks.begin(), m_tasks.end(), [](const SeenTask& x, const SeenTask& y) { return x.task < y.task; });
    std::size_t count = 0;
    for (const SeenTask& task : m_tasks) {
      if (count > 0 && m_tasks[count - 1].task == task.task) {
        m_tasks[count - 1].packs |= task.packs;
      } else {
        m_tasks[count++] = task;
      }
    }
    m_tasks.resize(count);
  }

  std::vector<SeenTask> m_tasks;
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
