// SPDX-License-Identifier: MIT
#pragma once

#include "truth/case_json.hpp"

#include <nbk/model/experiment.hpp>
#include <nbk/scene/derivative_change.hpp>

#include <string>
#include <vector>

namespace nbk::truth {

/// Returns the parts of the experiment that a parameter of a truth case moves, "rotX", "p0_originZ" and so on; none for
/// one that nbk does not offer.
/// \throws FileError  a key that is missing
std::vector<DerivativeChange> changes_of_parameter(const CaseJson& json, const std::string& name);

/// Returns the names of all parameters that a case differentiates by, in images, gradients or matrices.
/// \throws FileError
std::vector<std::string> parameter_names(const CaseJson& json);

}  // namespace nbk::truth
