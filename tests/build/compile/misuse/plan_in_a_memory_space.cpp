// SPDX-License-Identifier: MIT
// says: nbk::Plan: the second argument must be a Kokkos execution space
#include "../arguments.hpp"

void misuse(const nbk::Experiment& experiment) {
  nbk::Plan<nbk::Fp32, Kokkos::HostSpace> plan(Kokkos::HostSpace(), experiment);
}
