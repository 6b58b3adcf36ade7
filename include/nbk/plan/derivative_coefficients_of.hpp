// SPDX-License-Identifier: MIT
#pragma once

#include "nbk/core/error.hpp"
#include "nbk/model/experiment.hpp"
#include "nbk/plan/plan.hpp"
#include "nbk/scene/derivative_coefficients.hpp"
#include "nbk/scene/make_derivative_coefficients.hpp"

namespace nbk {

namespace plan {

/// Rejects a plan that has something whose derivatives are not known.
/// \throws InvalidInput
template <class PrecisionT, class Exec>
void require_derivatives(const Plan<PrecisionT, Exec>& plan) {
  require(plan.policy() == Policy::corrected, "policy", "compat",
          "must be corrected for derivatives: in compat one sub-pixel's factors weight a whole pixel");
  require(!plan.tables().background_present, "water_size_m", "> 0", "must be 0 for derivatives");
}

}  // namespace plan

/// Returns the coefficients of parameters for the experiment of a plan, with its present crystal.
/// \throws InvalidInput  a plan whose derivatives are not known, or a parameter that has no effect on it
template <class PrecisionT, class Exec>
DerivativeCoefficients derivative_coefficients_of(const Plan<PrecisionT, Exec>& plan,
                                                  const DerivativeParameters& parameters) {
  plan::require_derivatives(plan);
  return make_derivative_coefficients(plan.scene(), {plan.crystal(), plan.tables().polarized, 0.0}, parameters);
}

}  // namespace nbk
