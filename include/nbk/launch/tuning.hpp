// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concepts.hpp"
#include "nbk/simd/isa.hpp"
#include "nbk/simd/pack.hpp"

namespace nbk::launch {
inline namespace NBK_ISA {

/// Pixels side by side in one pack: as many as a register has lanes of the lattice's type. 1 on a device, and where a
/// role's numbers are not packed (register_lanes): the sums of two floats of Df64 are for devices, and a host computes
/// them as one does, since their packs would cost a compiler most of its time.
template <PrecisionLike PrecisionT, ExecSpace Exec>
inline constexpr int pack_width = is_host_space<Exec>&& register_lanes<typename PrecisionT::Geometry> > 1 &&
                                          register_lanes<typename PrecisionT::Accumulate> > 1
                                      ? register_lanes<typename PrecisionT::Lattice>
                                      : 1;

/// Pixels of a row that one task computes: enough to hide the cost of scheduling, few enough to share out unequal work.
inline constexpr int segment_pixels = 512;
/// The same for rows taken as lines, whose preparation costs as much as some 40 pixels.
inline constexpr int line_segment_pixels = 4096;

/// Most threads of a block on a device; 0: what Kokkos takes. For HIP Kokkos takes 1024, which leaves a thread 128
/// registers, too few for the tricubic kernels in double, whose values then go through memory. For CUDA any such bound
/// makes ptxas prefer more threads to more registers, and spill.
template <ExecSpace Exec>
inline constexpr unsigned block_threads = 0;
/// True where a thread computes several pixels together, as kernel::pixels_of_thread says. HIP's compiler then puts
/// values into memory: 20 to 180 bytes of a thread.
template <ExecSpace Exec>
inline constexpr bool shares_pixels = true;
#if defined(KOKKOS_ENABLE_HIP)
template <>
inline constexpr unsigned block_threads<Kokkos::HIP> = 256;
template <>
inline constexpr bool shares_pixels<Kokkos::HIP> = false;
#endif

}  // namespace NBK_ISA
}  // namespace nbk::launch
