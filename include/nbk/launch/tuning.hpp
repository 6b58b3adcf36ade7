// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concepts.hpp"
#include "nbk/simd/register.hpp"

#include <type_traits>

namespace nbk::launch {

/// True for spaces whose threads run on the host's own cores.
template <ExecSpace Exec>
inline constexpr bool is_host_space = std::is_same_v<typename Exec::memory_space, Kokkos::HostSpace>;

/// Pixels side by side in one pack: as many as a register has lanes of the lattice's type; 1 on a device.
template <PrecisionLike P, ExecSpace Exec>
inline constexpr int pack_width = is_host_space<Exec> ? simd::native_lanes<typename P::Lattice> : 1;

/// Pixels of a row that one task computes: enough to hide the cost of scheduling, few enough to share out unequal work.
inline constexpr int segment_pixels = 512;

/// Most threads of a block on a device. Kokkos' own most for HIP, 1024, leaves a thread 128 registers, too few for the
/// tricubic kernels in double, whose values then go through memory.
inline constexpr unsigned device_block_threads = 256;

}  // namespace nbk::launch
