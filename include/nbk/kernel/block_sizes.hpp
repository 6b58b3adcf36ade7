// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/concepts.hpp"
#include "nbk/physics/scatterer.hpp"
#include "nbk/simd/register.hpp"

/// \file
/// Tuning of SegmentKernel: packs that are computed together (docs/numerics/blocks.md).

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Packs of any block, at most.
inline constexpr int most_packs_per_block = 16;

/// Packs of a PixelBlock. Where the registers hold them, long polynomials hide their own latency: then a short block,
/// which stays close.
template <Scatterer ScattererT, PrecisionLike PrecisionT>
inline constexpr int packs_per_block =
    simd::register_count >= 32 && rounds_as_double<typename PrecisionT::Lattice> && !ScattererT::compact
        ? 4
        : most_packs_per_block;

/// Packs of a LineBlock: in stages only where registers are too few for all that a pack needs on its way.
template <Scatterer ScattererT, PrecisionLike PrecisionT>
inline constexpr int packs_per_line_block = simd::register_count < 32 ? packs_per_block<ScattererT, PrecisionT> : 1;

/// Pixels of a pack of a LineBlock. Two registers for each value, so that two chains of operations run side by side:
/// few are independent here.
template <int Width>
inline constexpr int line_width = Width == 1 ? 1 : 2 * Width;

}  // namespace NBK_ISA
}  // namespace nbk::kernel
