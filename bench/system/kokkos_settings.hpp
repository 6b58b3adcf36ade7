// SPDX-License-Identifier: MIT
#pragma once

#include <Kokkos_Core.hpp>

namespace nbk::bench::system {

/// How the programs start Kokkos: without its advice on OpenMP's environment, which env.json has.
/// \param threads  of the host; 0: as many as Kokkos chooses
inline Kokkos::InitializationSettings kokkos_settings(int threads = 0) {
  Kokkos::InitializationSettings settings;
  if (threads > 0) settings.set_num_threads(threads);
  settings.set_disable_warnings(true);
  return settings;
}

}  // namespace nbk::bench::system
