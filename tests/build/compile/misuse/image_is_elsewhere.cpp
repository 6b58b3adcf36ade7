// SPDX-License-Identifier: MIT
// says: nbk::simulate: the image lies in memory that the execution space cannot reach
#include "../arguments.hpp"

void misuse(const HostPlan& plan, const Kokkos::View<float***, Kokkos::LayoutRight, OtherMemory>& image) {
  nbk::simulate(Host(), plan, image);
}
