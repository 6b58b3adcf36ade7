// SPDX-License-Identifier: MIT
#pragma once

#include <Kokkos_Core.hpp>

#include <type_traits>

namespace nbk::bench {

/// A device name on the command line and the execution space it stands for.
template <class Exec>
struct Device {
  using Space = Exec;
  const char* name;
};

/// Calls f(Device) for every execution space the programs are built for; the first is the default.
template <class F>
void for_each_device(F&& f) {
  f(Device<Kokkos::DefaultHostExecutionSpace>{"cpu"});
#if defined(KOKKOS_ENABLE_CUDA)
  f(Device<Kokkos::Cuda>{"cuda"});
#endif
#if defined(KOKKOS_ENABLE_HIP)
  f(Device<Kokkos::HIP>{"hip"});
#endif
#if defined(KOKKOS_ENABLE_SYCL)
  f(Device<Kokkos::SYCL>{"sycl"});
#endif
#if defined(KOKKOS_ENABLE_SERIAL)
  if constexpr (!std::is_same_v<Kokkos::DefaultHostExecutionSpace, Kokkos::Serial>) f(Device<Kokkos::Serial>{"serial"});
#endif
}

}  // namespace nbk::bench
