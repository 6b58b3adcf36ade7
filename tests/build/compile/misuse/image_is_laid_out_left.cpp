// SPDX-License-Identifier: MIT
// says: nbk::simulate: the image must have three extents, [panel][slow][fast], or one for listed pixels
#include "../arguments.hpp"

void misuse(const HostPlan& plan, const Kokkos::View<float***, Kokkos::LayoutLeft, Kokkos::HostSpace>& image) {
  nbk::simulate(Host(), plan, image);
}
