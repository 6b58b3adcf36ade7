// SPDX-License-Identifier: MIT
#pragma once

#if defined(_OPENMP)
#include <omp.h>
#endif

namespace nbk::bench::render {

/// Ends OpenMP's threads, which would otherwise wait actively for a kernel that never comes, in the way of the threads
/// that write files. The next kernel, if there is one, starts them again.
inline void end_idle_threads() {
#if defined(_OPENMP)
  omp_pause_resource_all(omp_pause_soft);
#endif
}

}  // namespace nbk::bench::render
