// SPDX-License-Identifier: MIT
// says: nbk::simulate: the image must have three extents, [panel][slow][fast]
#include "../arguments.hpp"

void misuse(const HostPlan& plan, const Kokkos::View<float**, Kokkos::LayoutRight, Kokkos::HostSpace>& image) {
  nbk::simulate(Host(), plan, image);
}
