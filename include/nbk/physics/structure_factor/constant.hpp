// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/physics/structure_factor/table.hpp"

namespace nbk::physics {

/// The same structure factor for all reflections: the default of the table.
struct ConstantF {
  template <class V, class L>
  struct State {};

  static constexpr bool needs_exact_index = false;

  template <class V, class L>
  static KOKKOS_FORCEINLINE_FUNCTION L intensity(const StructureFactorTable<scalar_t<L>>& t, State<V, L>&,
                                                 const Vec3<V>&, const Vec3<V>&) {
    return L(t.default_intensity);
  }
};

}  // namespace nbk::physics
