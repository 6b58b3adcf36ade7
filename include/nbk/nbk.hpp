// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// nbk: X-ray diffraction images of crystals. model -> setup -> plan -> kernel -> image.

#include "nbk/version.hpp"

#include <Kokkos_Core.hpp>

static_assert(KOKKOS_VERSION >= 40600, "nbk needs Kokkos 4.6 or newer");

// what is simulated
#include "nbk/model/experiment.hpp"
#include "nbk/model/scan.hpp"
// made ready
#include "nbk/plan/plan.hpp"
// computed
#include "nbk/launch/simulate.hpp"
#include "nbk/launch/simulate_with.hpp"
