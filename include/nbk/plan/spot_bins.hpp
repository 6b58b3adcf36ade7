// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/plan/spot_list.hpp"
#include "nbk/plan/spot_patch.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <vector>

/// \file
/// Lists of spots sorted by tile. Tasks are cut into chunks; each is listed on its own and counts its entries in every
/// tile. The sums of these counts are the places of all entries, tile by tile, in each chunk by chunk: the order of
/// tasks, whatever the number of threads.

namespace nbk::plan {

/// The memory that lists may take.
class ListBudget {
 public:
  explicit ListBudget(std::size_t bytes) : m_left(static_cast<std::int64_t>(bytes)) {}

  /// Takes bytes. \return false if there are not so many
  bool take(std::size_t bytes) { return (m_left -= static_cast<std::int64_t>(bytes)) >= 0; }
  bool spent() const { return m_left < 0; }

 private:
  std::atomic<std::int64_t> m_left;
};

/// One chunk of tasks: its entries, and their number in each tile.
class SpotChunk {
 public:
  /// Lists the tasks [begin, end).
  /// \param budget  where it does not suffice the list is not complete
  void list(const SpotLister& lister, const TileGrid& grid, std::int64_t begin, std::int64_t end, ListBudget& budget) {
    m_counts.assign(static_cast<std::size_t>(grid.tiles()), 0);
    bool fits = budget.take(m_counts.size() * sizeof(std::uint32_t));
    m_entries.clear();
    fits = fits && lister.list(begin, end, [&](const SpotEntry& entry) { return add(grid, entry, budget); });
    m_done = fits ? end - begin : m_entries.empty() ? 0 : m_entries.back().task - begin;
  }

  /// Tasks of which all is listed.
  std::int64_t done() const { return m_done; }
  const std::vector<SpotEntry>& entries() const { return m_entries; }
  /// Entries in every tile; then the place of the next one.
  std::vector<std::uint32_t>& counts() { return m_counts; }

  /// Copies the entries to their places.
  void place(const TileGrid& grid, SpotEntry* to) {
    for (const SpotEntry& entry : m_entries)
      grid.for_each_tile(entry, [&](std::size_t tile) { to[m_counts[tile]++] = entry; });
    m_entries = {};
  }

 private:
  bool add(const TileGrid& grid, const SpotEntry& entry, ListBudget& budget) {
    if (m_entries.size() == m_entries.capacity()) {
      const std::size_t more = std::max<std::size_t>(256, m_entries.size() / 2);
      if (!budget.take(more * sizeof(SpotEntry))) return false;
      m_entries.reserve(m_entries.size() + more);
    }
    m_entries.push_back(entry);
    std::size_t tiles = 0;
    grid.for_each_tile(entry, [&](std::size_t tile) {
      ++m_counts[tile];
      ++tiles;
    });
    return budget.take(tiles * sizeof(SpotEntry));
  }

  std::vector<SpotEntry> m_entries;
  std::vector<std::uint32_t> m_counts;
  std::int64_t m_done = 0;
};

/// Turns the counts of chunks into places.
/// \return of each tile its first place, and the end of all
inline std::vector<std::uint32_t> place_chunks(std::vector<SpotChunk>& chunks, std::size_t tiles) {
  std::vector<std::uint32_t> begins(tiles + 1);
  std::uint32_t next = 0;
  for (std::size_t tile = 0; tile < tiles; ++tile) {
    begins[tile] = next;
    for (SpotChunk& chunk : chunks) {
      const std::uint32_t count = chunk.counts()[tile];
      chunk.counts()[tile] = next;
      next += count;
    }
  }
  begins[tiles] = next;
  return begins;
}

}  // namespace nbk::plan
