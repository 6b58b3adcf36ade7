// SPDX-License-Identifier: MIT
// says: nbk::Plan: structure factors come as a Kokkos::View of numbers with three extents, [h][k][l]
#include "../arguments.hpp"

void misuse(HostPlan& plan, const Kokkos::View<double*, Kokkos::HostSpace>& amplitudes) {
  plan.update(Host(), amplitudes);
}
