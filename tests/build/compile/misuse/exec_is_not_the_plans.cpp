// SPDX-License-Identifier: MIT
// says: nbk::simulate: the plan was made for another execution space
#include "../arguments.hpp"

void misuse(const nbk::Plan<nbk::Fp32, OtherSpace>& plan, const HostImage& image) {
  nbk::simulate(Host(), plan, image);
}
