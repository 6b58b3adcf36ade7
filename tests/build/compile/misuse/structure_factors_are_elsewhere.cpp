// SPDX-License-Identifier: MIT
// says: nbk::Plan: the View of structure factors lies in memory that the plan's execution space cannot reach
#include "../arguments.hpp"

void misuse(HostPlan& plan, const Kokkos::View<double***, OtherMemory>& amplitudes) { plan.update(Host(), amplitudes); }
