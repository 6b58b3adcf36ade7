// SPDX-License-Identifier: MIT
#pragma once

#include "bench/system/host_threads.hpp"

#include <Kokkos_Core.hpp>

namespace nbk::bench::system {

/// Returns the settings by which the programs start Kokkos: without its advice on OpenMP's environment, which env.json
/// has. \param threads  of the host; 0: as many as Kokkos chooses \throws InvalidInput  more than Kokkos takes
inline Kokkos::InitializationSettings kokkos_settings(int threads = 0) {
  Kokkos::InitializationSettings settings;
  if (const int allowed = host_threads(threads); allowed > 0) settings.set_num_threads(allowed);
  settings.set_disable_warnings(true);
  return settings;
}

}  // namespace nbk::bench::system
