// SPDX-License-Identifier: MIT
#include "bench/system/affinity.hpp"

#if defined(_OPENMP)
#include <omp.h>
#endif

#include <vector>

namespace nbk::bench::system {

cpu_set_t given_processors() {
  cpu_set_t set;
  CPU_ZERO(&set);
#if defined(_OPENMP)
  for (int place = 0; place < omp_get_num_places(); ++place) {
    std::vector<int> processors(static_cast<std::size_t>(omp_get_place_num_procs(place)));
    omp_get_place_proc_ids(place, processors.data());
    for (const int processor : processors) CPU_SET(static_cast<std::size_t>(processor), &set);
  }
#endif
  if (CPU_COUNT(&set) == 0) ::sched_getaffinity(0, sizeof set, &set);
  return set;
}

}  // namespace nbk::bench::system
