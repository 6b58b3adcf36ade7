// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/kernel/term.hpp"
#include "nbk/simd/pack.hpp"

namespace nbk::kernel {
inline namespace NBK_ISA {

/// Sum of the terms of one pack of pixels, each with the weight of its wavelength.
/// \tparam Types  Packs
template <class Types>
struct WeightedSum {
  using Lattice = typename Types::Lattice;
  using Sum = typename Types::Sum;

  static constexpr bool counts_empty_terms = false;

  Sum sum;

  KOKKOS_FORCEINLINE_FUNCTION void add(const Term<Lattice>& term, scalar_t<typename Types::Geometry> weight) {
    sum = fma(convert<Sum>(term.lattice * static_cast<scalar_t<Lattice>>(weight)), convert<Sum>(term.structure), sum);
  }

  template <class Where>
  KOKKOS_FORCEINLINE_FUNCTION void restore(const Where& mask, const Sum& before) {
    sum = select(convert_mask<Sum>(mask), before, sum);
  }
};

}  // namespace NBK_ISA
}  // namespace nbk::kernel
