// SPDX-License-Identifier: MIT
// says: nbk::simulate: the pixels of the image must be float or double, and not const
#include "../arguments.hpp"

void misuse(const HostPlan& plan, const Kokkos::View<const float***, Kokkos::LayoutRight, Kokkos::HostSpace>& image) {
  nbk::simulate(Host(), plan, image);
}
