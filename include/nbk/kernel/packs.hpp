// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concepts.hpp"
#include "nbk/simd/pack.hpp"

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Packs of `Width` pixels in the number types of a precision.
template <PrecisionLike PrecisionT, int Width>
struct Packs {
  using Geometry = pack_t<typename PrecisionT::Geometry, Width>;
  using Lattice = pack_t<typename PrecisionT::Lattice, Width>;
  using Sum = pack_t<typename PrecisionT::Accumulate, Width>;

  static constexpr bool in_stages = true;  ///< see Terms::staged
};

/// Pixels that a thread of a device computes together. Its compiler mixes their operations by itself.
template <PrecisionLike PrecisionT>
struct PixelsOfThread : Packs<PrecisionT, 1> {
  static constexpr bool in_stages = false;  ///< see Terms::staged
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
