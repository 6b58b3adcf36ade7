// SPDX-License-Identifier: MIT
#include "bench/system/host_threads.hpp"

#include "nbk/core/error.hpp"

#include <cstdlib>
#include <string>

#if defined(_OPENMP)
#include <omp.h>
#endif

namespace nbk::bench::system {

namespace {

/// Throws InvalidInput where a variable of the environment asks for too many threads.
void require_few(const char* variable) {
  const char* const text = std::getenv(variable);
  if (text == nullptr) return;
  require(std::strtol(text, nullptr, 10) <= most_host_threads, variable, text,
          "must be at most " + std::to_string(most_host_threads) + " threads, as many as Kokkos takes");
}

}  // namespace

int host_threads(int asked) {
  if (asked > 0) {
    require(asked <= most_host_threads, "--threads", asked,
            "must be at most " + std::to_string(most_host_threads) + ", as many as Kokkos takes");
  } else {
    require_few("KOKKOS_NUM_THREADS");
    require_few("OMP_NUM_THREADS");
  }
#if defined(_OPENMP)
  // Kokkos looks at OpenMP's number first, whatever it is told: that of a large machine must be cut down before.
  if (omp_get_max_threads() > most_host_threads) omp_set_num_threads(most_host_threads);
#endif
  return asked;
}

}  // namespace nbk::bench::system
