// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/simd/isa.hpp"

#include <Kokkos_Core.hpp>

namespace nbk::kernel {
inline namespace NBK_ISA {

/// One sample of a pixel: sensor layer and sub-pixel.
struct Subpixel {
  int layer = 0, slow = 0, fast = 0;

  KOKKOS_FORCEINLINE_FUNCTION bool first_of_layer() const { return slow == 0 && fast == 0; }
  KOKKOS_FORCEINLINE_FUNCTION bool first_of_pixel() const { return layer == 0 && first_of_layer(); }
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
