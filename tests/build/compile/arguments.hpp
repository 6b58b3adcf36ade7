// SPDX-License-Identifier: MIT
#pragma once

#include <nbk/nbk.hpp>

/// \file
/// What the programs of this folder have in common; nothing of it is ever run.

using Host = Kokkos::DefaultHostExecutionSpace;
using HostPlan = nbk::Plan<nbk::Fp32, Host>;
using HostImage = nbk::Image<Host>;

/// Stands for the memory of a device that no thread of the host reaches.
struct OtherMemory {
  using memory_space = OtherMemory;
  using execution_space = Host;
  using device_type = Kokkos::Device<Host, OtherMemory>;
  using size_type = std::size_t;
};

/// Stands for such a device.
struct OtherSpace {
  using execution_space = OtherSpace;
  using memory_space = Kokkos::HostSpace;
  using device_type = Kokkos::Device<OtherSpace, Kokkos::HostSpace>;
  using array_layout = Kokkos::LayoutRight;
  using scratch_memory_space = Host::scratch_memory_space;
  using size_type = std::size_t;
};
