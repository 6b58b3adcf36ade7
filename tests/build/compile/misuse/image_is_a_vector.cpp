// SPDX-License-Identifier: MIT
// says: nbk::simulate: the image must be a Kokkos::View: make it with nbk::make_image(exec, plan)
#include "../arguments.hpp"

#include <vector>

void misuse(const HostPlan& plan, std::vector<float>& image) { nbk::simulate(Host(), plan, image); }
