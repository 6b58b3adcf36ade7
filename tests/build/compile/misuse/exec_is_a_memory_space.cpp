// SPDX-License-Identifier: MIT
// says: nbk::simulate: the first argument must be an instance of a Kokkos execution space
#include "../arguments.hpp"

void misuse(const HostPlan& plan, const HostImage& image) { nbk::simulate(Kokkos::HostSpace(), plan, image); }
