// SPDX-License-Identifier: MIT
#pragma once

/// \file
/// Derivatives of images, beside simulate(): not in nbk.hpp, because most programs need none of it.

#include "nbk/nbk.hpp"

// by what
#include "nbk/plan/derivative_plan.hpp"
#include "nbk/scene/derivative_parameters.hpp"
#include "nbk/scene/domain_turns.hpp"
// computed
#include "nbk/launch/adjoint.hpp"
#include "nbk/launch/adjoint_structure_factors.hpp"
#include "nbk/launch/derivatives.hpp"
#include "nbk/launch/normal_equations.hpp"
