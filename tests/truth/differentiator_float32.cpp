// SPDX-License-Identifier: MIT
#include "truth/differentiator_in.hpp"

template class nbk::truth::DifferentiatorIn<nbk::Fp32>;
