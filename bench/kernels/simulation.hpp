// SPDX-License-Identifier: MIT
#pragma once

#include <nbk/runtime/simulation.hpp>

namespace nbk::bench {

using runtime::devices;
using runtime::dtypes;
using runtime::make_simulation;
using runtime::Simulation;

}  // namespace nbk::bench
