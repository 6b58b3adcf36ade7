// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concepts.hpp"
#include "nbk/kernel/host_tasks.hpp"
#include "nbk/plan/spot_bins.hpp"
#include "nbk/simd/isa.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace nbk::launch {
inline namespace NBK_ISA {

/// Spots of patches by tile.
struct BinnedSpots {
  std::vector<std::uint32_t> begins;  ///< of every tile its first entry, and the end of the last
  std::vector<SpotEntry> entries;     ///< tile by tile, task by task in each
};

/// Calls f(0), f(1), ... f(count - 1) one by one as threads become free, and waits.
template <ExecSpace Exec, class F>
void for_each_task(const Exec& exec, const char* name, std::int64_t count, const F& f) {
  kernel::start_on_host(exec, name, {0, count, 1}, kernel::HostTask(f));
  exec.fence(name);
}

/// Lists the spots of a lister's tasks by the tiles of a grid.
/// \param most_bytes  of lists
/// \return 0, or where lists take more memory the number of parts to cut the patches into, >= 2
template <ExecSpace Exec>
std::int64_t bin_spots(const Exec& exec, const plan::SpotLister& lister, const plan::TileGrid& grid,
                       std::size_t most_bytes, BinnedSpots& spots) {
  const std::int64_t tasks = lister.tasks();
  // Chunks of tasks: some for each thread, since they take different times.
  const int threads = exec.concurrency();
  const std::int64_t wanted = threads == 1 ? 1 : 4 * std::int64_t{threads};
  const std::int64_t count = std::clamp<std::int64_t>(wanted, 1, std::max<std::int64_t>(1, tasks));
  std::vector<plan::SpotChunk> chunks(static_cast<std::size_t>(count));
  plan::ListBudget budget(most_bytes);
  for_each_task(exec, "nbk::list_spots", count, [&](std::int64_t c) {
    chunks[static_cast<std::size_t>(c)].list(lister, grid, tasks * c / count, tasks * (c + 1) / count, budget);
  });
  if (budget.spent()) {
    std::int64_t done = 0;
    for (const plan::SpotChunk& chunk : chunks) done += chunk.done();
    return 2 + (tasks + tasks / 4) / std::max<std::int64_t>(1, done);
  }
  spots.begins = plan::place_chunks(chunks, static_cast<std::size_t>(grid.tiles()));
  spots.entries.resize(spots.begins.back());
  for_each_task(exec, "nbk::bin_spots", count,
                [&](std::int64_t c) { chunks[static_cast<std::size_t>(c)].place(grid, spots.entries.data()); });
  return 0;
}

}  // namespace NBK_ISA
}  // namespace nbk::launch
