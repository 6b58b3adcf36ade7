// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/simd/isa.hpp"

namespace nbk::kernel {
inline namespace NBK_ISA {

/// One evaluation: the squared lattice factor and the squared structure factor of one sample, orientation and
/// wavelength.
/// \tparam Value  a pack of the lattice's numbers
template <class Value>
struct Term {
  Value lattice, structure;
  bool empty = false;  ///< the lattice factor is 0 in all lanes
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
