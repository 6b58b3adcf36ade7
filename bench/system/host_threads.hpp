// SPDX-License-Identifier: MIT
#pragma once

namespace nbk::bench::system {

/// Largest number of host threads that Kokkos' OpenMP space takes: the length of an array in it, beyond which it
/// writes. Source: OpenMPInternal::MAX_THREAD_COUNT of Kokkos.
inline constexpr int most_host_threads = 512;

/// Returns the number of threads to start Kokkos with, 0 where Kokkos' own choice is good.
/// \param asked  by a flag; 0: none, then the environment and the machine decide
/// \throws InvalidInput  more threads than Kokkos takes, from the flag or from KOKKOS_NUM_THREADS or OMP_NUM_THREADS
int host_threads(int asked);

}  // namespace nbk::bench::system
